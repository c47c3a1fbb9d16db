//! Showing as many groups as can be, the largest first, without giving anybody away.

use std::cmp::Reverse;

use super::network::Network;
use super::span::Span;
use super::{Rules, hide};

/// A group that could be shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// Distinct people, at least one.
    pub(super) people: usize,
    /// The larger, the sooner it is shown.
    pub(super) rank: usize,
    /// Whether everything that it is a part of is shown.
    pub(super) may_be_shown: bool,
    /// Whether it may follow from what is shown, though it is hidden.
    pub(super) may_follow: bool,
}

/// What an edge of a network is to those who decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EdgeOf {
    /// A group that is decided here.
    Item(usize),
    /// A group that is hidden already and must not follow.
    Hidden,
    /// People who are decided about later, or a group that is shown already.
    NoMatter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Hidden,
    Undecided,
    Shown,
}

/// Items whose sum is known.
#[derive(Debug)]
struct Line {
    items: Vec<usize>,
    /// Whether a few people are in none of the items, or in several: the sum is known but for them.
    but_for_a_few: bool,
}

/// Groups, and what they would tell together.
#[derive(Debug)]
pub(super) struct Showing {
    rules: Rules,
    items: Vec<Item>,
    states: Vec<State>,
    /// Items whose sum is known, and for each item the lines that it is in.
    lines: Vec<Line>,
    lines_of: Vec<Vec<usize>>,
    /// Networks with what their edges are, and for each item its edges: the network and the edge there.
    networks: Vec<(Network, Vec<EdgeOf>)>,
    edges_of: Vec<Vec<(usize, usize)>>,
    /// What everything that is shown spans, and the kinds of people of each item.
    span: Option<(Span, Vec<Vec<u32>>)>,
}

impl Showing {
    /// Nothing is shown yet.
    pub(super) fn new(items: Vec<Item>, rules: Rules) -> Self {
        let state = |item: &Item| match item.may_be_shown && item.people >= rules.minimum_group_size() {
            true => State::Undecided,
            false => State::Hidden,
        };
        Self {
            rules,
            states: items.iter().map(state).collect(),
            lines: Vec::new(),
            lines_of: vec![Vec::new(); items.len()],
            networks: Vec::new(),
            edges_of: vec![Vec::new(); items.len()],
            span: None,
            items,
        }
    }

    /// Adds items that are parts of something known, and all of it but for a few people, where there are some.
    pub(super) fn add_line(&mut self, items: Vec<usize>, but_for_a_few: bool) {
        items.iter().for_each(|&item| self.lines_of[item].push(self.lines.len()));
        self.lines.push(Line { items, but_for_a_few });
    }

    /// Adds a network, with what each of its edges is.
    pub(super) fn add_network(&mut self, network: Network, edges: Vec<EdgeOf>) {
        for (place, edge) in edges.iter().enumerate() {
            if let EdgeOf::Item(item) = edge {
                self.edges_of[*item].push((self.networks.len(), place));
            }
        }
        self.networks.push((network, edges));
    }

    /// Adds what is shown already and who must not follow from it and the items, each with its kinds of people. Nor
    /// must items that are hidden from the start.
    pub(super) fn add_span(&mut self, mut span: Span, kinds: Vec<Vec<u32>>) {
        for ((state, item), kinds) in self.states.iter().zip(&self.items).zip(&kinds) {
            if *state == State::Hidden && !item.may_follow {
                span.guard(kinds.clone());
            }
        }
        self.span = Some((span, kinds));
    }

    /// How many items are not hidden from the start.
    pub(super) fn undecided(&self) -> usize {
        self.states.iter().filter(|state| **state == State::Undecided).count()
    }

    /// For each item whether it is hidden: each is shown, the largest first, unless with those before it gives somebody
    /// away.
    pub(super) fn hidden(mut self) -> Vec<bool> {
        let mut in_order: Vec<usize> = (0..self.items.len()).collect();
        // Of groups of equal size the first by name is the smallest, as in a breakdown.
        in_order.sort_by_key(|&item| Reverse((self.items[item].rank, item)));
        for item in in_order {
            if self.states[item] != State::Undecided {
                continue;
            }
            let mut shown = Vec::new();
            if !(self.show(item, &mut shown) && self.spans_nobody(&shown)) {
                shown.into_iter().for_each(|one| self.set(one, State::Undecided));
                self.refuse(item);
            }
        }
        self.states.into_iter().map(|state| state != State::Shown).collect()
    }

    /// Hides an item, which must not follow from those that are shown after it. One that follows already is shown: that
    /// tells nothing, and a hidden one that everybody can work out would be taken for hidden here.
    fn refuse(&mut self, item: usize) {
        // Where a few people are in no item of a line, or in several, sums of people are not quite what they seem.
        let is_exact = !self.lines.iter().any(|line| line.but_for_a_few);
        let follows = self.span.as_mut().is_some_and(|(span, kinds)| {
            span.guard(kinds[item].clone());
            is_exact && span.tells(&kinds[item])
        });
        self.set(item, if follows { State::Shown } else { State::Hidden });
        if follows {
            self.edges_of[item].iter().for_each(|(network, _)| self.networks[*network].0.accept());
        }
    }

    fn set(&mut self, item: usize, state: State) {
        self.states[item] = state;
        for &(network, edge) in &self.edges_of[item] {
            self.networks[network].0.set_shown(edge, state == State::Shown);
        }
    }

    /// Shows an item and whatever follows from it, and notes what it showed. Says whether nobody is given away.
    fn show(&mut self, item: usize, shown: &mut Vec<usize>) -> bool {
        let mut following = vec![item];
        while let Some(item) = following.pop() {
            match self.states[item] {
                State::Shown => continue,
                State::Hidden if self.items[item].may_follow => continue,
                State::Hidden => return false,
                State::Undecided => {}
            }
            self.set(item, State::Shown);
            shown.push(item);
            for &line in &self.lines_of[item] {
                match self.hidden_in(line).as_slice() {
                    [] if self.lines[line].but_for_a_few => return false,
                    [only] if !self.lines[line].but_for_a_few => following.push(*only),
                    _ => {}
                }
            }
            for &(network, _) in &self.edges_of[item] {
                let (network, edges) = &mut self.networks[network];
                if network.gives_few_away() {
                    return false;
                }
                for edge in network.following() {
                    match edges[edge] {
                        EdgeOf::Item(item) => following.push(item),
                        EdgeOf::Hidden => return false,
                        EdgeOf::NoMatter => {}
                    }
                }
            }
        }
        let mut lines: Vec<usize> = shown.iter().flat_map(|item| &self.lines_of[*item]).copied().collect();
        lines.sort_unstable();
        lines.dedup();
        lines.into_iter().all(|line| self.hides_nothing_or_enough(line))
    }

    /// Whether nothing of a line is hidden, or so much that nobody follows by subtracting. Beside a few people who are in
    /// none of a line's items, or in several, one item of enough people is enough, and nothing is not.
    fn hides_nothing_or_enough(&self, line: usize) -> bool {
        let sum = |items: &[usize]| items.iter().map(|&item| self.items[item].people).sum();
        let (hidden, few) = (self.hidden_in(line), self.lines[line].but_for_a_few);
        match hidden.as_slice() {
            [] => !few,
            [only] if few => self.items[*only].people >= self.rules.minimum_group_size(),
            several => hide::can_be_told(several, sum, self.rules),
        }
    }

    /// Whether nobody who is guarded follows from items beside all that is shown.
    fn spans_nobody(&mut self, shown: &[usize]) -> bool {
        let Some((span, kinds)) = &mut self.span else { return true };
        span.show(shown.iter().map(|&item| kinds[item].as_slice()))
    }

    fn hidden_in(&self, line: usize) -> Vec<usize> {
        self.lines[line].items.iter().copied().filter(|item| self.states[*item] != State::Shown).collect()
    }
}

//! What adding and subtracting tells about groups of two attributes: a network that people flow through.
//!
//! Everyone goes from the whole to a group of the first attribute, from there to one of the second, and back to the whole:
//! as many people come to a node as leave it. What is shown is known; what is not is a *hidden edge*. The people of
//! a hidden edge follow when it is on no circle of hidden edges. And the people of several follow together when
//! these are all that lead from some nodes to the others, and no hidden edge leads back. Team A has 20 people, and the 17
//! of job family 1 are all in it: this tells of the three in A and in no family 1.

use super::Rules;

/// One number of people.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    /// The node that the people come from.
    pub(super) from: usize,
    /// The node that they go to.
    pub(super) to: usize,
    /// Distinct people.
    pub(super) people: usize,
    /// Whether it is known.
    pub(super) is_shown: bool,
}

/// Groups of two attributes within one population, and the people who are in one of each.
#[derive(Debug)]
pub(super) struct Network {
    edges: Vec<Edge>,
    /// For each edge whether it was known at first.
    shown_at_first: Vec<bool>,
    /// The edges at the nodes, node by node, and where those of each node begin.
    ends: Vec<End>,
    starts: Vec<usize>,
    /// The edges of few people, each with what keeps it from following.
    few: Vec<(usize, Kept)>,
    search: Search,
    rules: Rules,
}

/// An edge as a node has it.
#[derive(Clone, Copy, Debug)]
struct End {
    edge: usize,
    /// The node at the other end.
    other: usize,
    /// Whether the edge begins here.
    is_forward: bool,
}

/// What keeps an edge from following.
#[derive(Debug)]
enum Kept {
    /// Nobody has looked yet.
    Unknown,
    /// These edges, as long as none of them is shown.
    By(Vec<usize>),
    /// Nothing does, as from the beginning, or as from elsewhere.
    Never,
}

/// Which edges are hidden in a search.
#[derive(Clone, Copy, Debug)]
enum When {
    AtFirst,
    Now,
}

/// What searches need, kept from one to the next.
#[derive(Debug, Default)]
struct Search {
    /// For each edge how many people flow over it: none between searches.
    flow: Vec<isize>,
    /// For each node by which edge it was reached: none between searches.
    came_by: Vec<Option<End>>,
    reached: Vec<usize>,
    /// For each node how deep it lies, from one on; none for those not seen.
    depth: Vec<usize>,
    /// For each node how many circles close above it, less those that close at it.
    circles: Vec<isize>,
    /// Nodes on the way down, each with its next end.
    way: Vec<(usize, usize)>,
}

impl Network {
    /// So many nodes with edges between them.
    pub(super) fn new(nodes: usize, edges: Vec<Edge>, rules: Rules) -> Self {
        // The smallest first: they are shown last, so that what they keep from following is seldom checked again.
        let mut in_order: Vec<usize> = (0..edges.len()).filter(|&edge| edges[edge].people > 0).collect();
        in_order.sort_by_key(|&edge| (edges[edge].people, edge));
        let mut starts = vec![0; nodes + 1];
        for &edge in &in_order {
            starts[edges[edge].from] += 1;
            starts[edges[edge].to] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += std::mem::replace(start, sum);
        }
        let mut next = starts.clone();
        let mut ends = vec![End { edge: 0, other: 0, is_forward: false }; sum];
        for edge in in_order {
            let Edge { from, to, .. } = edges[edge];
            for (node, other, is_forward) in [(from, to, true), (to, from, false)] {
                ends[next[node]] = End { edge, other, is_forward };
                next[node] += 1;
            }
        }
        let is_few = |edge: &Edge| edge.people > 0 && edge.people < rules.minimum_group_size() && !edge.is_shown;
        let few = edges.iter().enumerate().filter(|(_, edge)| is_few(edge));
        Self {
            few: few.map(|(edge, _)| (edge, Kept::Unknown)).collect(),
            shown_at_first: edges.iter().map(|edge| edge.is_shown).collect(),
            search: Search { flow: vec![0; edges.len()], came_by: vec![None; nodes], ..Search::default() },
            ends,
            starts,
            edges,
            rules,
        }
    }

    /// Shows an edge, or hides it again.
    pub(super) fn set_shown(&mut self, edge: usize, is_shown: bool) {
        self.edges[edge].is_shown = is_shown;
    }

    /// Whether few people follow, by themselves or together, who did not at first.
    pub(super) fn gives_few_away(&mut self) -> bool {
        (0..self.few.len()).any(|place| self.gives_away(place))
    }

    /// Accepts that few people follow now, since they do from elsewhere too.
    pub(super) fn accept(&mut self) {
        for place in 0..self.few.len() {
            if self.gives_away(place) {
                self.few[place].1 = Kept::Never;
            }
        }
    }

    fn gives_away(&mut self, place: usize) -> bool {
        let (edge, kept) = &self.few[place];
        let edge = *edge;
        let is_new = match kept {
            Kept::Never => return false,
            Kept::By(edges) if edges.iter().all(|&edge| !self.edges[edge].is_shown) => return false,
            Kept::By(_) => false,
            Kept::Unknown => true,
        };
        self.few[place].1 = match self.keeping(edge, When::Now) {
            Some(by) => Kept::By(by),
            None if is_new && self.keeping(edge, When::AtFirst).is_none() => Kept::Never,
            None => return true,
        };
        false
    }

    /// Edges that keep one of few people from following with fewer than the minimum: as many people can flow past it.
    /// `None` where they cannot.
    fn keeping(&mut self, edge: usize, when: When) -> Option<Vec<usize>> {
        let (from, to) = (self.edges[edge].from, self.edges[edge].to);
        let mut enough = self.rules.minimum_group_size() as isize;
        let mut used = Vec::new();
        while enough > 0 && self.reach(from, to, when) {
            let Search { flow, came_by, reached, .. } = &mut self.search;
            let start = used.len();
            let (mut node, mut more) = (to, enough);
            while let Some(End { edge, other, is_forward }) = came_by[node] {
                used.push(edge);
                more = if is_forward { more.min(self.edges[edge].people as isize - flow[edge]) } else { more };
                node = other;
            }
            for &edge in &used[start..] {
                flow[edge] +=
                    if came_by[self.edges[edge].to].is_some_and(|end| end.edge == edge) { more } else { -more };
            }
            reached.drain(..).for_each(|node| came_by[node] = None);
            enough -= more;
        }
        used.iter().for_each(|&edge| self.search.flow[edge] = 0);
        used.sort_unstable();
        used.dedup();
        (enough <= 0).then_some(used)
    }

    /// Looks for the shortest way over hidden edges, forward where there is room, or back. Says whether there is one, which
    /// `came_by` leads back then: by the end of each node's edge that lies at the node before it.
    fn reach(&mut self, from: usize, to: usize, when: When) -> bool {
        let Search { flow, came_by, reached, .. } = &mut self.search;
        reached.push(from);
        let mut next = 0;
        while let Some(&node) = reached.get(next) {
            next += 1;
            for &End { edge, other, is_forward } in &self.ends[self.starts[node]..self.starts[node + 1]] {
                let is_shown = match when {
                    When::AtFirst => self.shown_at_first[edge],
                    When::Now => self.edges[edge].is_shown,
                };
                let is_open = !is_shown && (!is_forward || flow[edge] < self.edges[edge].people as isize);
                if !is_open || other == from || came_by[other].is_some() {
                    continue;
                }
                came_by[other] = Some(End { edge, other: node, is_forward });
                reached.push(other);
                if other == to {
                    return true;
                }
            }
        }
        reached.drain(..).for_each(|node| came_by[node] = None);
        false
    }

    /// The hidden edges whose number follows exactly: those on no circle of hidden edges.
    pub(super) fn following(&mut self) -> Vec<usize> {
        let nodes = self.starts.len() - 1;
        let Search { came_by, reached: in_order, depth, circles, way, .. } = &mut self.search;
        depth.clear();
        depth.resize(nodes, 0);
        circles.clear();
        circles.resize(nodes, 0);
        for start in 0..nodes {
            if depth[start] > 0 {
                continue;
            }
            depth[start] = 1;
            way.push((start, self.starts[start]));
            while let Some((node, place)) = way.last_mut() {
                let node = *node;
                if *place == self.starts[node + 1] {
                    in_order.push(node);
                    way.pop();
                    continue;
                }
                let End { edge, other, .. } = self.ends[*place];
                *place += 1;
                if self.edges[edge].is_shown || came_by[node].is_some_and(|by| by.edge == edge) {
                    continue;
                }
                if depth[other] == 0 {
                    depth[other] = depth[node] + 1;
                    came_by[other] = Some(End { edge, other: node, is_forward: true });
                    way.push((other, self.starts[other]));
                } else if depth[other] < depth[node] {
                    circles[node] += 1;
                    circles[other] -= 1;
                }
            }
        }
        // Every node comes after all those below it.
        let mut following = Vec::new();
        for node in in_order.drain(..) {
            let Some(End { edge, other, .. }) = came_by[node].take() else { continue };
            if circles[node] == 0 {
                following.push(edge);
            }
            circles[other] += circles[node];
        }
        following
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows and columns whose sums are shown, and nothing of what is in both; whether few are given away.
    fn gives_few_away(people: &[&[usize]]) -> bool {
        let (rows, columns) = (people.len(), people[0].len());
        let mut edges = Vec::new();
        for (row, line) in people.iter().enumerate() {
            edges.push(Edge { from: 0, to: 1 + row, people: line.iter().sum(), is_shown: false });
            let cell = |(column, &people): (usize, &usize)| Edge {
                from: 1 + row,
                to: 1 + rows + column,
                people,
                is_shown: false,
            };
            edges.extend(line.iter().enumerate().filter(|(_, people)| **people > 0).map(cell));
        }
        for column in 0..columns {
            let people = people.iter().map(|line| line[column]).sum();
            edges.push(Edge { from: 1 + rows + column, to: 0, people, is_shown: false });
        }
        let margins: Vec<usize> =
            (0..edges.len()).filter(|&edge| edges[edge].from == 0 || edges[edge].to == 0).collect();
        let mut network = Network::new(1 + rows + columns, edges, Rules::new(5));
        margins.into_iter().any(|edge| {
            network.set_shown(edge, true);
            network.gives_few_away()
        })
    }

    #[test]
    fn a_group_within_another_gives_the_rest_away() {
        // Team A of 20 holds family 1 of 17; its other three are in family 2 with 40 of team B.
        assert!(gives_few_away(&[&[17, 3], &[0, 40]]));
        // Two of team B in family 1 hide the three: 20 - 19 tells of five people.
        assert!(!gives_few_away(&[&[17, 3], &[2, 40]]));
    }

    #[test]
    fn two_groups_within_another_do_too_and_five_who_are_left_over_do_not() {
        assert!(gives_few_away(&[&[17, 20, 3], &[0, 0, 40]]));
        assert!(!gives_few_away(&[&[17, 20, 5], &[0, 0, 40]]));
        assert!(!gives_few_away(&[&[17, 0], &[0, 40]]));
    }

    #[test]
    fn two_teams_that_hold_two_families_between_them_do_too() {
        // Families 1 and 2 lie within teams A and B together, of whom four people are left over.
        assert!(gives_few_away(&[&[10, 3, 2], &[3, 10, 2], &[0, 0, 40]]));
    }

    #[test]
    fn tables_without_a_hole_give_nothing_away() {
        assert!(!gives_few_away(&[&[3, 3, 3], &[3, 3, 3], &[3, 3, 3]]));
    }

    #[test]
    fn a_number_follows_where_it_is_on_no_circle_of_hidden_ones() {
        let edge = |from, to, is_shown| Edge { from, to, people: 9, is_shown };
        // 0 1 2 is a circle; 2 3 leads out of it, and 3 0 is shown.
        let edges = vec![edge(0, 1, false), edge(1, 2, false), edge(2, 0, false), edge(2, 3, false), edge(3, 0, true)];
        let mut network = Network::new(4, edges, Rules::new(5));
        assert_eq!(network.following(), [3]);
        network.set_shown(0, true);
        let mut following = network.following();
        following.sort_unstable();
        assert_eq!(following, [1, 2, 3]);
    }
}

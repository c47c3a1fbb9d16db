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
    /// For each node the edges that begin or end there.
    edges_of: Vec<Vec<usize>>,
    /// For each edge of few people the edges that keep it from following. Checked again once one of them is shown.
    kept_by: Vec<(usize, Vec<usize>)>,
    rules: Rules,
}

impl Network {
    /// So many nodes with edges between them. Nothing may follow from the edges that are shown.
    pub(super) fn new(nodes: usize, edges: Vec<Edge>, rules: Rules) -> Self {
        let mut edges_of = vec![Vec::new(); nodes];
        // The smallest first: they are shown last, so that what they keep from following is seldom checked again.
        let mut in_order: Vec<usize> = (0..edges.len()).filter(|&edge| edges[edge].people > 0).collect();
        in_order.sort_by_key(|&edge| (edges[edge].people, edge));
        for edge in in_order {
            edges_of[edges[edge].from].push(edge);
            edges_of[edges[edge].to].push(edge);
        }
        let mut network = Self { edges, edges_of, kept_by: Vec::new(), rules };
        let few = (0..network.edges.len()).filter(|&edge| network.is_few(edge));
        network.kept_by = few.map(|edge| (edge, network.keeping(edge).unwrap_or_default())).collect();
        network
    }

    fn is_few(&self, edge: usize) -> bool {
        let edge = self.edges[edge];
        edge.people > 0 && edge.people < self.rules.minimum_group_size() && !edge.is_shown
    }

    /// Shows an edge, or hides it again.
    pub(super) fn set_shown(&mut self, edge: usize, is_shown: bool) {
        self.edges[edge].is_shown = is_shown;
    }

    /// Whether few people follow, by themselves or together, now that an edge is shown.
    pub(super) fn gives_few_away(&mut self, newly_shown: usize) -> bool {
        for place in 0..self.kept_by.len() {
            if self.kept_by[place].1.binary_search(&newly_shown).is_ok() {
                match self.keeping(self.kept_by[place].0) {
                    Some(by) => self.kept_by[place].1 = by,
                    None => return true,
                }
            }
        }
        false
    }

    /// Edges that keep one of few people from following with fewer than the minimum: as many people can flow past it.
    /// `None` where they cannot.
    fn keeping(&self, edge: usize) -> Option<Vec<usize>> {
        let (from, to) = (self.edges[edge].from, self.edges[edge].to);
        let mut flow = vec![0_isize; self.edges.len()];
        let mut enough = self.rules.minimum_group_size() as isize;
        let mut used = Vec::new();
        while enough > 0 {
            let path = self.path(from, to, &flow)?;
            let room = |&(edge, is_forward): &(usize, bool)| match is_forward {
                true => self.edges[edge].people as isize - flow[edge],
                false => isize::MAX,
            };
            let more = path.iter().map(room).min().unwrap_or(0).min(enough);
            for &(edge, is_forward) in &path {
                flow[edge] += if is_forward { more } else { -more };
            }
            used.extend(path.into_iter().map(|(edge, _)| edge));
            enough -= more;
        }
        used.sort_unstable();
        used.dedup();
        Some(used)
    }

    /// The shortest way over hidden edges, forward where there is room, or back.
    fn path(&self, from: usize, to: usize, flow: &[isize]) -> Option<Vec<(usize, bool)>> {
        let mut came_by: Vec<Option<(usize, bool)>> = vec![None; self.edges_of.len()];
        let mut reached = vec![from];
        let mut next = 0;
        while let Some(&node) = reached.get(next) {
            next += 1;
            for &edge in &self.edges_of[node] {
                let Edge { from: start, to: end, people, is_shown } = self.edges[edge];
                let is_forward = start == node;
                let other = if is_forward { end } else { start };
                let is_open = !is_shown && (!is_forward || flow[edge] < people as isize);
                if !is_open || other == from || came_by[other].is_some() {
                    continue;
                }
                came_by[other] = Some((edge, is_forward));
                reached.push(other);
                if other == to {
                    let mut path = Vec::new();
                    let mut node = to;
                    while let Some((edge, is_forward)) = came_by[node] {
                        path.push((edge, is_forward));
                        node = if is_forward { self.edges[edge].from } else { self.edges[edge].to };
                    }
                    return Some(path);
                }
            }
        }
        None
    }

    /// The hidden edges whose number follows exactly: those on no circle of hidden edges.
    pub(super) fn following(&self) -> Vec<usize> {
        let nodes = self.edges_of.len();
        let mut depth: Vec<Option<usize>> = vec![None; nodes];
        let mut came_by: Vec<Option<usize>> = vec![None; nodes];
        // How many circles close above each node, less those that close at it.
        let mut circles = vec![0_isize; nodes];
        let mut in_order = Vec::new();
        for start in 0..nodes {
            if depth[start].is_some() {
                continue;
            }
            depth[start] = Some(0);
            let mut way = vec![(start, 0)];
            while let Some((node, place)) = way.last_mut() {
                let node = *node;
                let Some(&edge) = self.edges_of[node].get(*place) else {
                    in_order.push(node);
                    way.pop();
                    continue;
                };
                *place += 1;
                if self.edges[edge].is_shown || came_by[node] == Some(edge) {
                    continue;
                }
                let other = self.edges[edge].from + self.edges[edge].to - node;
                if depth[other].is_none() {
                    depth[other] = depth[node].map(|depth| depth + 1);
                    came_by[other] = Some(edge);
                    way.push((other, 0));
                } else if depth[other] < depth[node] {
                    circles[node] += 1;
                    circles[other] -= 1;
                }
            }
        }
        // Every node comes after all those below it.
        let mut following = Vec::new();
        for node in in_order {
            let Some(edge) = came_by[node] else { continue };
            if circles[node] == 0 {
                following.push(edge);
            }
            circles[self.edges[edge].from + self.edges[edge].to - node] += circles[node];
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
            network.gives_few_away(edge)
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

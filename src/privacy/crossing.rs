//! Groups of two attributes that lie within each other: what one takes away from the other must not be few.
//!
//! Team A has 20 people, and the 17 of job family A1 are all in it: whoever sees both sees the other three. In
//! general: where a union of shown groups of one attribute holds a union of shown groups of another, the people
//! left over are nobody or at least the minimum size, and they are not just the people of one hidden group. With only
//! the sums of two attributes known, this is all that adding and subtracting can tell about cells of the two.

use super::Rules;

/// Two attributes' groups as the nodes of a graph, and the people in both as its edges. Everything hidden of an
/// attribute is one node of it.
pub(super) struct Crossing {
    cells: Vec<Cell>,
    rows: usize,
    columns: usize,
}

/// People who are in a group of each of the two attributes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    /// Place of the first attribute's group.
    pub(super) row: usize,
    /// Place of the second attribute's group.
    pub(super) column: usize,
    /// Distinct people, at least one.
    pub(super) people: usize,
    /// A number for the hidden value that they have, if they have one.
    pub(super) hidden: Option<usize>,
}

/// Groups of one attribute that hold groups of the other, and the people left over give somebody away.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Leftover {
    /// Whether the rows hold columns, and not the other way round.
    pub(super) rows_hold: bool,
    /// Places of the holding groups that have people left over.
    pub(super) holding: Vec<usize>,
    /// Places of the groups that are held.
    pub(super) held: Vec<usize>,
}

/// A cell as seen from the attribute whose groups hold the other's: which sides it joins.
struct Edge<'c> {
    outer: usize,
    inner: usize,
    cell: &'c Cell,
}

impl Crossing {
    /// `rows` and `columns` are how many places there are.
    pub(super) fn new(cells: Vec<Cell>, rows: usize, columns: usize) -> Self {
        Self { cells, rows, columns }
    }

    /// Unions of rows and of columns, one within the other, whose difference gives people away; `None` if there
    /// are none.
    pub(super) fn leftover(&self, rules: Rules) -> Option<Leftover> {
        let sides = self.sides(rules);
        let nodes = |cell: &Cell| (sides[cell.row], sides[self.rows + cell.column]);
        let edges = |turned: bool| -> Vec<Edge<'_>> {
            let all = self.cells.iter().map(|cell| {
                let (row, column) = nodes(cell);
                let (outer, inner) = if turned { (column, row) } else { (row, column) };
                Edge { outer, inner, cell }
            });
            all.filter(|edge| edge.outer != edge.inner).collect()
        };
        // First whether the groups of the coarser attribute hold those of the finer one.
        let rows_first = self.rows <= self.columns;
        [rows_first, !rows_first].into_iter().find_map(|rows_hold| {
            let edges = edges(!rows_hold);
            let (rows, columns) = sides.split_at(self.rows);
            let inner_sides = if rows_hold { columns } else { rows };
            let chosen = closed_cut(&self.cells, &sides, inner_sides, &edges, rules)?;
            let leaving = edges.iter().filter(|edge| chosen.contains(&edge.outer) && !chosen.contains(&edge.inner));
            let mut holding: Vec<usize> =
                leaving.map(|edge| if rows_hold { edge.cell.row } else { edge.cell.column }).collect();
            holding.sort_unstable();
            holding.dedup();
            let held = (0..inner_sides.len()).filter(|&place| chosen.contains(&inner_sides[place])).collect();
            Some(Leftover { rows_hold, holding, held })
        })
    }

    /// Which nodes can only be on the same side: joined by enough people, who are not all hidden.
    fn sides(&self, rules: Rules) -> Vec<usize> {
        let mut sides: Vec<usize> = (0..self.rows + self.columns).collect();
        let enough = |cell: &&Cell| cell.people >= rules.minimum_group_size() && cell.hidden.is_none();
        for cell in self.cells.iter().filter(enough) {
            let (a, b) = (sides[cell.row], sides[self.rows + cell.column]);
            for side in sides.iter_mut().filter(|side| **side == b) {
                *side = a;
            }
        }
        sides
    }
}

/// Sides such that every outer node that has people of an inner node in them is in them too, and of whose outer
/// nodes the people elsewhere give somebody away. `inner_sides` are the sides of the inner nodes.
fn closed_cut(
    cells: &[Cell],
    sides: &[usize],
    inner_sides: &[usize],
    edges: &[Edge<'_>],
    rules: Rules,
) -> Option<Vec<usize>> {
    let mut all: Vec<usize> = sides.to_vec();
    all.sort_unstable();
    all.dedup();
    let leaving = |chosen: &[usize]| -> Vec<&Edge<'_>> {
        edges.iter().filter(|edge| chosen.contains(&edge.outer) && !chosen.contains(&edge.inner)).collect()
    };
    let close = |mut chosen: Vec<usize>| {
        while let Some(edge) = edges.iter().find(|edge| chosen.contains(&edge.inner) && !chosen.contains(&edge.outer)) {
            chosen.push(edge.outer);
        }
        chosen
    };
    for &start in &all {
        let mut chosen = close(vec![start]);
        loop {
            let now = leaving(&chosen);
            // Without an inner node nothing is subtracted: what is left over is shown anyway.
            let subtracts = inner_sides.iter().any(|side| chosen.contains(side));
            if gives_away(&now, cells, rules) && (subtracts || is_few(&now, rules)) {
                return Some(chosen);
            }
            let people: usize = now.iter().map(|edge| edge.cell.people).sum();
            let more = all.iter().filter(|side| !chosen.contains(side));
            let wider = more.map(|&side| close(chosen.iter().copied().chain([side]).collect()));
            let cost = |chosen: &Vec<usize>| leaving(chosen).iter().map(|edge| edge.cell.people).sum::<usize>();
            match wider.min_by_key(cost) {
                Some(wider) if cost(&wider) < people => chosen = wider,
                _ => break,
            }
        }
    }
    None
}

fn is_few(edges: &[&Edge<'_>], rules: Rules) -> bool {
    let people: usize = edges.iter().map(|edge| edge.cell.people).sum();
    people > 0 && people < rules.minimum_group_size()
}

/// Whether the people left over are few, or just those of one hidden group.
fn gives_away(edges: &[&Edge<'_>], all: &[Cell], rules: Rules) -> bool {
    let first = edges.first().and_then(|edge| edge.cell.hidden);
    let is_one_group = first.is_some()
        && edges.iter().all(|edge| edge.cell.hidden == first)
        && edges.len() == all.iter().filter(|cell| cell.hidden == first).count();
    is_few(edges, rules) || is_one_group
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leftover(people: &[&[usize]]) -> Option<Leftover> {
        leftover_where(people, |_, _| None)
    }

    fn leftover_where(people: &[&[usize]], hidden: impl Fn(usize, usize) -> Option<usize>) -> Option<Leftover> {
        let cells = people.iter().enumerate().flat_map(|(row, line)| {
            let cells = line.iter().enumerate().filter(|(_, people)| **people > 0);
            cells.map(move |(column, &people)| (row, column, people))
        });
        let cells = cells.map(|(row, column, people)| Cell { row, column, people, hidden: hidden(row, column) });
        Crossing::new(cells.collect(), people.len(), people[0].len()).leftover(Rules::new(5))
    }

    fn groups(holding: &[usize], held: &[usize]) -> Option<Leftover> {
        Some(Leftover { rows_hold: true, holding: holding.to_vec(), held: held.to_vec() })
    }

    #[test]
    fn a_group_within_another_gives_the_rest_away() {
        // Team A of 20 holds family 1 of 17; its other three are in family 2 with 40 of team B.
        assert_eq!(leftover(&[&[17, 3], &[0, 40]]), groups(&[0], &[0]));
        // Two of team B in family 1 hide the three: 20 - 19 tells of five people.
        assert_eq!(leftover(&[&[17, 3], &[2, 40]]), None);
    }

    #[test]
    fn two_groups_within_another_do_too_and_a_leftover_of_five_does_not() {
        assert_eq!(leftover(&[&[17, 20, 3], &[0, 0, 40]]), groups(&[0], &[0, 1]));
        assert_eq!(leftover(&[&[17, 20, 5], &[0, 0, 40]]), None);
        assert_eq!(leftover(&[&[17, 0], &[0, 40]]), None);
    }

    #[test]
    fn two_teams_that_hold_two_families_between_them_do_too() {
        // Families 1 and 2 lie within teams A and B together, of whom four people are left over.
        assert_eq!(leftover(&[&[10, 3, 2], &[3, 10, 2], &[0, 0, 40]]), groups(&[0, 1], &[0, 1]));
    }

    #[test]
    fn tables_without_a_hole_give_nothing_away() {
        assert_eq!(leftover(&[&[3, 3, 3], &[3, 3, 3], &[3, 3, 3]]), None);
    }

    #[test]
    fn a_hidden_group_of_enough_people_is_not_left_over_alone() {
        // Of team A's 24 people 18 are in family 1, and 6 in the hidden families, of which team B has others.
        let people: &[&[usize]] = &[&[18, 6], &[0, 40]];
        let in_one = |row, column| (column == 1).then_some(7 + row);
        assert_eq!(leftover_where(people, in_one), groups(&[0], &[0]));
        // Two hidden families among the six: nobody can tell them apart.
        let cells = [(0, 0, 18, None), (0, 1, 3, Some(7)), (0, 1, 3, Some(8)), (1, 1, 40, Some(7))];
        let cells = cells.map(|(row, column, people, hidden)| Cell { row, column, people, hidden });
        assert_eq!(Crossing::new(cells.to_vec(), 2, 2).leftover(Rules::new(5)), None);
    }
}

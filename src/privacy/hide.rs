//! Which groups of a breakdown are hidden.

use super::Rules;

/// For each group whether it is hidden: the small ones, and whatever would let a reader subtract them.
///
/// `sizes` are distinct people by group; `always` are groups hidden for another reason; `together` counts
/// the distinct people of several groups (a person can be in two).
pub(super) fn hidden(
    sizes: &[usize],
    always: impl Fn(usize) -> bool,
    together: impl Fn(&[usize]) -> usize,
    rules: Rules,
) -> Vec<bool> {
    hidden_but_for(sizes, always, |_| false, together, rules)
}

/// The same where some are hidden `apart` from others, in these periods: they hide nothing else, where no other is hidden.
pub(super) fn hidden_but_for(
    sizes: &[usize],
    always: impl Fn(usize) -> bool,
    apart: impl Fn(usize) -> bool,
    together: impl Fn(&[usize]) -> usize,
    rules: Rules,
) -> Vec<bool> {
    let k = rules.minimum_group_size();
    let mut hidden: Vec<bool> =
        (0..sizes.len()).map(|group| sizes[group] < k || always(group) || apart(group)).collect();
    let is_apart = |group: &usize| apart(*group) && sizes[*group] >= k;
    loop {
        let groups = hidden_groups(&hidden);
        if groups.iter().all(is_apart) || can_be_told(&groups, &together, rules) {
            return hidden;
        }
        // Of groups of equal size the first one joins, whatever was asked before.
        let shown = (0..sizes.len()).filter(|&group| !hidden[group]);
        let Some(smallest) = shown.min_by_key(|&group| (sizes[group], group)) else {
            return hidden;
        };
        hidden[smallest] = true;
    }
}

/// The same for groups that lie in several lines, such as the rows and the columns of a table: in each line nothing is
/// hidden, or enough, until all lines agree. The order of lines does not matter: every round looks at what the round
/// before left.
pub(super) fn hidden_in_lines(
    sizes: &[usize],
    lines: &[Vec<usize>],
    always: impl Fn(usize) -> bool,
    apart: impl Fn(usize) -> bool,
    together: impl Fn(&[usize]) -> usize,
    rules: Rules,
) -> Vec<bool> {
    let k = rules.minimum_group_size();
    let mut all: Vec<bool> = (0..sizes.len()).map(|group| sizes[group] < k || always(group) || apart(group)).collect();
    // Whoever is hidden beside others later is hidden like these.
    let is_apart = |group: usize| apart(group) && !always(group);
    loop {
        let mut more = Vec::new();
        for line in lines {
            let in_line: Vec<usize> = line.iter().map(|&group| sizes[group]).collect();
            let of_line = |places: &[usize]| together(&places.iter().map(|&place| line[place]).collect::<Vec<_>>());
            let always = |place: usize| all[line[place]] && !is_apart(line[place]);
            let now = hidden_but_for(&in_line, always, |place| is_apart(line[place]), of_line, rules);
            more.extend(line.iter().zip(now).filter(|(group, now)| *now && !all[**group]).map(|(group, _)| *group));
        }
        if more.is_empty() {
            return all;
        }
        more.into_iter().for_each(|group| all[group] = true);
    }
}

/// The indices of hidden groups.
pub(super) fn hidden_groups(hidden: &[bool]) -> Vec<usize> {
    (0..hidden.len()).filter(|&group| hidden[group]).collect()
}

/// Whether hidden groups may be told as "Other (n)": two groups or more, at least k people, and their number does not
/// say how many each of them has. As many people as groups are one in each. And k - 1 times as many, of three groups
/// or more, are k - 1 in each for somebody who knows that only the next smallest group joins small ones.
pub(super) fn can_be_told(groups: &[usize], together: impl Fn(&[usize]) -> usize, rules: Rules) -> bool {
    let (k, groups, people) = (rules.minimum_group_size(), groups.len(), together(groups));
    groups >= 2 && people >= k && people > groups && (groups == 2 || people != groups * (k - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(sizes: &[usize], k: usize, expected: &[usize]) {
        let sum = |groups: &[usize]| groups.iter().map(|&group| sizes[group]).sum();
        let hidden = hidden(sizes, |_| false, sum, Rules::new(k));
        let shown: Vec<usize> = (0..sizes.len()).filter(|&group| !hidden[group]).map(|group| sizes[group]).collect();
        assert_eq!(shown, expected, "sizes {sizes:?}, minimum {k}");
    }

    #[test]
    fn a_group_of_four_takes_the_next_smallest_with_it() {
        case(&[20, 15, 12, 4], 5, &[20, 15]);
    }

    #[test]
    fn nothing_is_hidden_when_every_group_has_the_minimum() {
        case(&[20, 15, 5], 5, &[20, 15, 5]);
    }

    #[test]
    fn two_small_groups_under_the_minimum_together_take_another_with_them() {
        case(&[20, 15, 2, 2], 5, &[20]);
        case(&[20, 15, 3, 2], 5, &[20, 15]);
    }

    #[test]
    fn groups_of_one_each_take_another_with_them() {
        // "Other (5)" of five groups would say that each of them is one person.
        case(&[20, 15, 1, 1, 1, 1, 1], 5, &[20]);
        case(&[20, 15, 2, 1, 1, 1, 1], 5, &[20, 15]);
    }

    #[test]
    fn two_groups_of_which_one_is_small_show_nothing() {
        case(&[20, 4], 5, &[]);
    }

    #[test]
    fn hidden_groups_of_one_person_or_of_one_less_than_the_minimum_each_take_another_with_them() {
        // Five hidden groups with five people would be one in each; three with 12 would be four in each.
        case(&[20, 15, 1, 1, 1, 1, 1], 5, &[20]);
        case(&[20, 15, 4, 4, 4], 5, &[20]);
        case(&[20, 15, 4, 3, 4], 5, &[20, 15]);
    }

    #[test]
    fn in_a_table_every_row_and_column_hides_enough() {
        // Rows of three; the 4 takes the 12 of its row and the 11 of its column with it, and these the 18 and 16 that
        // are next smallest where each of them is alone: 4 12 | 11 18 is a rectangle, and 30 is left in each line.
        let sizes = [4, 12, 30, 11, 18, 30, 30, 30, 30];
        let rows = [vec![0, 1, 2], vec![3, 4, 5], vec![6, 7, 8]];
        let columns = [vec![0, 3, 6], vec![1, 4, 7], vec![2, 5, 8]];
        let lines = [rows, columns].concat();
        let sum = |groups: &[usize]| groups.iter().map(|&group| sizes[group]).sum();
        let hidden = hidden_in_lines(&sizes, &lines, |_| false, |_| false, sum, Rules::new(5));
        assert_eq!(hidden_groups(&hidden), [0, 1, 3, 4]);
        let nothing =
            hidden_in_lines(&sizes[1..], &[vec![0, 1], vec![2, 3]], |_| false, |_| false, |_| 0, Rules::new(5));
        assert_eq!(hidden_groups(&nothing), Vec::<usize>::new());
    }
}

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
    let k = rules.minimum_group_size();
    let mut hidden: Vec<bool> = (0..sizes.len()).map(|group| sizes[group] < k || always(group)).collect();
    loop {
        let groups = hidden_groups(&hidden);
        if groups.is_empty() || can_be_told(&groups, &together, rules) {
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

/// The indices of hidden groups.
pub(super) fn hidden_groups(hidden: &[bool]) -> Vec<usize> {
    (0..hidden.len()).filter(|&group| hidden[group]).collect()
}

/// Whether hidden groups may be told as "Other (n)": two groups or more, and at least k people.
pub(super) fn can_be_told(groups: &[usize], together: impl Fn(&[usize]) -> usize, rules: Rules) -> bool {
    groups.len() >= 2 && together(groups) >= rules.minimum_group_size()
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
    fn two_groups_of_which_one_is_small_show_nothing() {
        case(&[20, 4], 5, &[]);
    }
}

//! What follows from everything that is shown, by adding and subtracting: other sums over the same kinds of people.
//!
//! Each group is a direction in a space with one axis for each kind of people. A group's people follow when its
//! direction lies in the span of those that are shown. For each group that must not follow it is enough to know how
//! much of it lies outside.

/// The span of what is shown, and what must not lie in it.
#[derive(Debug)]
pub(super) struct Span {
    kinds: usize,
    /// Orthonormal directions.
    basis: Vec<Vec<f64>>,
    guarded: Vec<Guarded>,
}

/// People who must not follow.
#[derive(Debug)]
struct Guarded {
    kinds: Vec<u32>,
    /// The square of what of their direction lies outside of the span.
    outside: f64,
}

/// So much of the square of a direction is taken for rounding.
const DUST: f64 = 1e-8;

impl Span {
    /// Nothing is shown of so many kinds.
    pub(super) fn new(kinds: usize) -> Self {
        Self { kinds, basis: Vec::new(), guarded: Vec::new() }
    }

    /// People of these kinds must not follow from here on; nothing can be done where they follow already.
    pub(super) fn guard(&mut self, kinds: Vec<u32>) {
        if !self.tells(&kinds) {
            self.guarded.push(Guarded { outside: self.outside(&kinds), kinds });
        }
    }

    /// Whether people of these kinds follow from what is shown.
    pub(super) fn tells(&self, kinds: &[u32]) -> bool {
        self.outside(kinds) <= DUST * kinds.len() as f64
    }

    /// The square of what of a direction lies outside of the span.
    fn outside(&self, kinds: &[u32]) -> f64 {
        let inside: f64 = self.basis.iter().map(|base| sum_at(base, kinds).powi(2)).sum();
        kinds.len() as f64 - inside
    }

    /// Shows groups, each with its kinds, unless somebody who is guarded would follow. Says whether it did.
    pub(super) fn show<'k>(&mut self, groups: impl Iterator<Item = &'k [u32]>) -> bool {
        let before = self.basis.len();
        let outside: Vec<f64> = self.guarded.iter().map(|guarded| guarded.outside).collect();
        for group in groups {
            if !self.add(group) {
                self.basis.truncate(before);
                self.guarded.iter_mut().zip(outside).for_each(|(guarded, outside)| guarded.outside = outside);
                return false;
            }
        }
        true
    }

    /// Adds a direction; says whether everybody who is guarded is still outside.
    fn add(&mut self, group: &[u32]) -> bool {
        let mut rest = vec![0.0; self.kinds];
        group.iter().for_each(|&kind| rest[kind as usize] = 1.0);
        let mut square = group.len() as f64;
        loop {
            for base in &self.basis {
                let part = product(base, &rest);
                rest.iter_mut().zip(base).for_each(|(rest, base)| *rest -= part * base);
            }
            // Rounding leaves a little of what was taken away: again, where that was nearly all.
            let before = std::mem::replace(&mut square, product(&rest, &rest));
            if square > 0.01 * before || square <= DUST * DUST * group.len() as f64 {
                break;
            }
        }
        if square <= DUST * group.len() as f64 {
            return true;
        }
        let length = square.sqrt();
        rest.iter_mut().for_each(|part| *part /= length);
        let mut is_safe = true;
        for guarded in &mut self.guarded {
            guarded.outside -= sum_at(&rest, &guarded.kinds).powi(2);
            is_safe &= guarded.outside > DUST * guarded.kinds.len() as f64;
        }
        self.basis.push(rest);
        is_safe
    }
}

/// The sum of products, in parts side by side: one after the other each addition would wait for the one before.
fn product(a: &[f64], b: &[f64]) -> f64 {
    let ((a, rest_of_a), (b, rest_of_b)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut parts = [0.0; 8];
    for (a, b) in a.iter().zip(b) {
        for (part, (a, b)) in parts.iter_mut().zip(a.iter().zip(b)) {
            *part += a * b;
        }
    }
    let rest: f64 = rest_of_a.iter().zip(rest_of_b).map(|(a, b)| a * b).sum();
    parts.iter().sum::<f64>() + rest
}

fn sum_at(direction: &[f64], kinds: &[u32]) -> f64 {
    kinds.iter().map(|&kind| direction[kind as usize]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_follows_from_two_groups_keeps_the_second_from_being_shown() {
        // Kind 2 is what the first group has beside the second: it would follow.
        let mut span = Span::new(4);
        span.guard(vec![2]);
        assert!(span.show([&[0, 1, 2][..]].into_iter()));
        assert!(!span.show([&[0, 1][..]].into_iter()));
        // Kinds 0 and 1 with another one tell nothing of kind 2 alone.
        assert!(span.show([&[0, 1, 3][..]].into_iter()));
        // Now kind 3 alone would tell of kind 2: 0 1 2 less 0 1 3 and 3.
        assert!(!span.show([&[3][..]].into_iter()));
    }

    #[test]
    fn who_follows_already_is_not_guarded() {
        let mut span = Span::new(2);
        assert!(span.show([&[0][..]].into_iter()));
        span.guard(vec![0]);
        assert!(span.show([&[0, 1][..]].into_iter()));
    }
}

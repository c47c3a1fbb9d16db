//! What published sums tell together: other sums that are known exactly, and how far the rest can be from it.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome};

/// Linear facts about unknowns that lie between 0 and a known number.
pub(crate) struct Facts {
    most: Vec<f64>,
    /// Sums that are known and do not follow from earlier ones.
    rows: Vec<Vec<f64>>,
    /// An orthonormal basis of what the facts tell.
    basis: Vec<Vec<f64>>,
}

const SMALL: f64 = 1e-7;

impl Facts {
    /// Unknowns from 0 to these numbers.
    pub(crate) fn about(most: Vec<f64>) -> Self {
        Self { most, rows: Vec::new(), basis: Vec::new() }
    }

    /// The sum of the unknowns, each times its weight, is known.
    pub(crate) fn learn(&mut self, weights: Vec<f64>) {
        let rest = self.beyond_the_basis(&weights);
        let length = dot(&rest, &rest).sqrt();
        if length > SMALL * dot(&weights, &weights).sqrt().max(1e-12) {
            self.basis.push(rest.iter().map(|part| part / length).collect());
            self.rows.push(weights);
        }
    }

    /// Whether a sum follows from the facts by adding and subtracting alone.
    pub(crate) fn tell(&self, weights: &[f64]) -> bool {
        let rest = self.beyond_the_basis(weights);
        dot(&rest, &rest).sqrt() <= SMALL * dot(weights, weights).sqrt()
    }

    /// How far apart the least and the most are that a sum can be, if every unknown were in the middle of what it
    /// can be. So nothing is known only because some people are all alike, which no rule can hide.
    pub(crate) fn spread(&self, weights: &[f64]) -> f64 {
        let middle = |weights: &[f64]| dot(weights, &self.most) / 2.0;
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        let unknowns: Vec<_> =
            weights.iter().zip(&self.most).map(|(&weight, &most)| problem.add_var(weight, (0.0, most))).collect();
        for row in &self.rows {
            let terms = unknowns.iter().zip(row).filter(|(_, weight)| **weight != 0.0);
            let terms: Vec<_> = terms.map(|(&unknown, &weight)| (unknown, weight)).collect();
            problem.add_constraint(terms.as_slice(), ComparisonOp::Eq, middle(row));
        }
        match problem.solve() {
            // What is as far above the middle is as far below.
            Ok(SolveOutcome::Solution(solution)) => 2.0 * (solution.objective() - middle(weights)),
            // The middle fulfils every fact: a solver that fails by rounding says nothing.
            _ => f64::INFINITY,
        }
    }

    fn beyond_the_basis(&self, weights: &[f64]) -> Vec<f64> {
        let mut rest = weights.to_vec();
        // Twice, because rounding leaves a little the first time.
        for _ in 0..2 {
            for base in &self.basis {
                let part = dot(base, &rest);
                rest.iter_mut().zip(base).for_each(|(rest, base)| *rest -= part * base);
            }
        }
        rest
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[test]
fn the_rest_of_two_sums_is_told_and_a_part_of_the_rest_is_not() {
    // a + b + c and a are known, of at most 4, 4 and 2: b + c is told. b alone is 2 at half of everything, and 1 to 3
    // as c goes from 2 to 0.
    let mut facts = Facts::about(vec![4.0, 4.0, 2.0]);
    facts.learn(vec![1.0, 1.0, 1.0]);
    facts.learn(vec![1.0, 0.0, 0.0]);
    assert!(facts.tell(&[0.0, 1.0, 1.0]));
    assert!(!facts.tell(&[0.0, 1.0, 0.0]));
    assert!((facts.spread(&[0.0, 1.0, 0.0]) - 2.0).abs() < 1e-6);
    assert!(facts.spread(&[0.0, 1.0, 1.0]).abs() < 1e-6);
}

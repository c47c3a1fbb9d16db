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

    /// The sum of the unknowns, each times its weight, is known. Says whether that is new.
    pub(crate) fn learn(&mut self, weights: Vec<f64>) -> bool {
        let rest = self.beyond_the_basis(&weights);
        let length = dot(&rest, &rest).sqrt();
        let is_new = length > SMALL * dot(&weights, &weights).sqrt().max(1e-12);
        if is_new {
            self.basis.push(rest.iter().map(|part| part / length).collect());
            self.rows.push(weights);
        }
        is_new
    }

    /// Whether a sum follows from the facts by adding and subtracting alone.
    pub(crate) fn tell(&self, weights: &[f64]) -> bool {
        let rest = self.beyond_the_basis(weights);
        dot(&rest, &rest).sqrt() <= SMALL * dot(weights, weights).sqrt()
    }

    /// Whether any sum at all of some unknowns follows from the facts by adding and subtracting.
    pub(crate) fn tell_any(&self, which: &[usize]) -> bool {
        let mut beyond: Vec<Vec<f64>> = Vec::new();
        for &unknown in which {
            let mut one = vec![0.0; self.most.len()];
            one[unknown] = 1.0;
            let mut rest = self.beyond_the_basis(&one);
            // What the others already are, beyond the facts.
            for _ in 0..2 {
                for base in &beyond {
                    let part = dot(base, &rest);
                    rest.iter_mut().zip(base).for_each(|(rest, base)| *rest -= part * base);
                }
            }
            let length = dot(&rest, &rest).sqrt();
            if length <= SMALL {
                return true;
            }
            rest.iter_mut().for_each(|part| *part /= length);
            beyond.push(rest);
        }
        false
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

/// Facts about whole numbers of people.
pub(crate) struct Counts {
    truth: Vec<usize>,
    equal: Vec<Vec<bool>>,
    /// Sums that are at least, and at most, so many.
    at_least: Vec<(usize, Vec<bool>)>,
    at_most: Vec<(usize, Vec<bool>)>,
    linear: Facts,
}

impl Counts {
    /// Unknown numbers, of which only the solver's caller knows the truth.
    pub(crate) fn about(truth: Vec<usize>) -> Self {
        let linear = Facts::about(truth.iter().map(|&people| people as f64).collect());
        Self { truth, equal: Vec::new(), at_least: Vec::new(), at_most: Vec::new(), linear }
    }

    fn sum(&self, which: &[bool]) -> usize {
        which.iter().zip(&self.truth).filter(|(is_in, _)| **is_in).map(|(_, people)| people).sum()
    }

    /// Some of the numbers together are so many.
    pub(crate) fn learn(&mut self, people: usize, which: Vec<bool>) {
        assert_eq!(people, self.sum(&which), "the attacker counts in another way");
        if self.linear.learn(weights(&which)) {
            self.equal.push(which);
        }
    }

    /// Some of the numbers together are at least so many.
    pub(crate) fn learn_at_least(&mut self, people: usize, which: Vec<bool>) {
        assert!(people <= self.sum(&which), "the attacker counts in another way");
        if !self.at_least.contains(&(people, which.clone())) {
            self.at_least.push((people, which));
        }
    }

    /// Some of the numbers together are at most so many.
    pub(crate) fn learn_at_most(&mut self, people: usize, which: Vec<bool>) {
        assert!(people >= self.sum(&which), "the attacker counts in another way");
        if !self.at_most.contains(&(people, which.clone())) {
            self.at_most.push((people, which));
        }
    }

    /// Whether a sum follows exactly, and how. Bounds, and that people are whole, are used where it costs little.
    pub(crate) fn tell(&self, which: &[bool]) -> Option<&'static str> {
        const FEW: usize = 150;
        const MANY: usize = 400;
        if self.linear.tell(&weights(which)) {
            return Some("by adding and subtracting");
        }
        if which.len() > MANY {
            return None;
        }
        let truth = self.sum(which) as f64;
        let can_differ = |direction, is_whole| match self.solve(direction, which, is_whole) {
            Ok(SolveOutcome::Solution(solution)) => (solution.objective() - truth).abs() > 1.0 - 1e-6,
            // Nothing is proved where the solver gives up.
            _ => true,
        };
        let directions = [OptimizationDirection::Maximize, OptimizationDirection::Minimize];
        if !directions.into_iter().any(|direction| can_differ(direction, false)) {
            return Some("because it cannot be one more or less");
        }
        let is_one = || !directions.into_iter().any(|direction| can_differ(direction, true));
        (which.len() <= FEW && is_one()).then_some("because people are whole")
    }

    fn solve(
        &self,
        direction: OptimizationDirection,
        which: &[bool],
        is_whole: bool,
    ) -> Result<SolveOutcome, microlp::Error> {
        let mut problem = Problem::new(direction);
        problem.set_time_limit(std::time::Duration::from_millis(200));
        let everyone: usize = self.truth.iter().sum();
        let add = |&is_in: &bool| {
            let weight = f64::from(u8::from(is_in));
            if is_whole {
                problem.add_integer_var(weight, (0, everyone as i32))
            } else {
                problem.add_var(weight, (0.0, everyone as f64))
            }
        };
        let unknowns: Vec<_> = which.iter().map(add).collect();
        let terms = |which: &[bool]| -> Vec<_> {
            unknowns.iter().zip(which).filter(|(_, is_in)| **is_in).map(|(&unknown, _)| (unknown, 1.0)).collect()
        };
        for which in &self.equal {
            problem.add_constraint(terms(which), ComparisonOp::Eq, self.sum(which) as f64);
        }
        for (people, which) in &self.at_least {
            problem.add_constraint(terms(which), ComparisonOp::Ge, *people as f64);
        }
        for (people, which) in &self.at_most {
            problem.add_constraint(terms(which), ComparisonOp::Le, *people as f64);
        }
        problem.solve()
    }
}

fn weights(which: &[bool]) -> Vec<f64> {
    which.iter().map(|&is_in| f64::from(u8::from(is_in))).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[test]
fn sizes_follow_by_subtraction_by_bounds_and_because_people_are_whole() {
    let mut counts = Counts::about(vec![1, 1, 3, 4]);
    counts.learn(2, vec![true, true, false, false]);
    assert_eq!(counts.tell(&[true, false, false, false]), None);
    // Two people in two groups with at least one each.
    counts.learn_at_least(1, vec![true, false, false, false]);
    counts.learn_at_least(1, vec![false, true, false, false]);
    assert_eq!(counts.tell(&[true, false, false, false]), Some("because it cannot be one more or less"));
    // Seven in the others, of whom at most four in one: 3 and 4, 4 and 3, and fewer in the other.
    counts.learn(7, vec![false, false, true, true]);
    counts.learn_at_most(4, vec![false, false, false, true]);
    assert_eq!(counts.tell(&[false, false, true, true]), Some("by adding and subtracting"));
    assert_eq!(counts.tell(&[false, false, true, false]), None);
    // Each two of three groups are at most one person, and all of them one: half a person in each is none in two.
    let mut counts = Counts::about(vec![1, 0, 0]);
    for pair in [[true, true, false], [true, false, true], [false, true, true]] {
        counts.learn_at_most(1, pair.to_vec());
    }
    counts.learn_at_least(1, vec![true; 3]);
    assert_eq!(counts.tell(&[true; 3]), Some("because it cannot be one more or less"));
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

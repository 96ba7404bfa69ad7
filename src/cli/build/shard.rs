//! A part of a batch, for parallel jobs.

use std::str::FromStr;

use tjut::digest::Digest;
use tjut::project::{Input, shown};

/// The part `number` of `parts`. Which part a case belongs to depends on its name alone, so that
/// it stays where it is when other cases come and go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    number: u64,
    parts: u64,
}

impl Shard {
    /// The inputs of this part, and those of the others.
    pub fn of(&self, inputs: Vec<Input>) -> (Vec<Input>, Vec<Input>) {
        let ours = |input: &Input| {
            Digest::of(shown(&input.name).as_bytes()).number() % self.parts == self.number - 1
        };
        inputs.into_iter().partition(ours)
    }
}

impl FromStr for Shard {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "del K av N skrivs K/N, till exempel 2/4";
        let (number, parts) = text.split_once('/').ok_or(WRONG)?;
        let number = number.parse().map_err(|_| WRONG)?;
        let parts = parts.parse().map_err(|_| WRONG)?;
        if (1..=parts).contains(&number) { Ok(Self { number, parts }) } else { Err(WRONG) }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn input(name: &str) -> Input {
        Input { path: PathBuf::from(format!("{name}.yaml")), name: name.into(), within: None }
    }

    #[test]
    fn every_case_is_in_one_part_and_stays_there() {
        let all: Vec<Input> = (0..100).map(|number| input(&format!("ärende-{number}"))).collect();
        let fewer: Vec<Input> = all.iter().step_by(3).cloned().collect();
        let mut parts = Vec::new();
        for number in 1..=4 {
            let shard: Shard = format!("{number}/4").parse().expect("K/N");
            let (part, others) = shard.of(all.clone());
            assert_eq!(part.len() + others.len(), all.len());
            assert!(part.len() > 10);
            assert!(shard.of(fewer.clone()).0.iter().all(|input| part.contains(input)));
            parts.extend(part);
        }
        parts.sort_by_key(|input| all.iter().position(|other| other == input));
        assert_eq!(parts, all);
        for wrong in ["0/4", "5/4", "1", "1/0", "a/b", "1/4/2", "-1/4"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}

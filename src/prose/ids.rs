//! Ids for headings: readable, and never the same twice on a page. Each starts with its text's name
//! and a hyphen and holds letters, digits and hyphens only; what else on a page has an id must not.

use std::collections::{HashMap, HashSet};

/// The longest part of a heading that its id repeats, in characters.
const LONGEST: usize = 60;

/// Every id that was given away.
pub(super) struct Ids {
    name: String,
    given: HashSet<String>,
    /// The number that the next heading of the same words tries first.
    next: HashMap<String, u32>,
}

impl Ids {
    pub(super) fn starting_with(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            given: HashSet::new(),
            next: HashMap::new(),
        }
    }

    pub(super) fn fresh(&mut self, heading: &str) -> String {
        let wanted = format!("{}-{}", self.name, joined(heading));
        if self.given.insert(wanted.clone()) {
            return wanted;
        }
        let next = self.next.entry(wanted.clone()).or_insert(2);
        loop {
            let id = format!("{wanted}-{next}");
            *next += 1;
            if self.given.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// Letters and digits of any script, with hyphens between the words.
fn joined(heading: &str) -> String {
    let heading = heading.to_lowercase();
    let words = heading
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let id: String = words
        .collect::<Vec<_>>()
        .join("-")
        .chars()
        .take(LONGEST)
        .collect();
    if id.is_empty() {
        "heading".to_owned()
    } else {
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_id_is_given_twice_whatever_the_headings_are_called() {
        let mut ids = Ids::starting_with("h");
        assert_eq!(ids.fresh("What we ask!"), "h-what-we-ask");
        assert_eq!(ids.fresh("What we ask 2"), "h-what-we-ask-2");
        assert_eq!(ids.fresh("what we ASK"), "h-what-we-ask-3");
        assert_eq!(ids.fresh("خبر عاجل"), "h-خبر-عاجل");
        assert_eq!(ids.fresh("🐟"), "h-heading");
    }
}

//! Places below places: a city in its country, a country in its region, and no further.

use super::{Refusal, SubjectId};

/// So many steps lead down from a place that stands below no other.
pub const DEEPEST: usize = 2;

/// Whether a place with so many steps below it may stand below a chain of places, the nearest first.
pub fn may_stand_below(
    place: SubjectId,
    chain: &[SubjectId],
    steps_below: usize,
) -> Result<(), Refusal> {
    if chain.contains(&place) {
        return Err(Refusal::BelowItself);
    }
    if chain.len() + steps_below > DEEPEST {
        return Err(Refusal::TooDeep);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_stands_below_two_others_at_most_and_never_below_itself() {
        let [region, country, city, street] = [1, 2, 3, 4].map(SubjectId::new);
        assert_eq!(may_stand_below(city, &[country, region], 0), Ok(()));
        let too_deep = may_stand_below(street, &[city, country, region], 0);
        assert_eq!(too_deep, Err(Refusal::TooDeep));
        assert_eq!(may_stand_below(country, &[region], 1), Ok(()));
        assert_eq!(
            may_stand_below(country, &[region], 2),
            Err(Refusal::TooDeep)
        );
        let circle = may_stand_below(region, &[city, country, region], 2);
        assert_eq!(circle, Err(Refusal::BelowItself));
        assert_eq!(may_stand_below(city, &[city], 0), Err(Refusal::BelowItself));
    }
}

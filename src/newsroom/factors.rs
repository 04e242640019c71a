//! Second factors: what is asked for behind a password, and how wrong codes are slowed down.

use crate::accounts::Roles;
use crate::clock::Instant;

/// Somebody's app that shows codes, as the room keeps it.
#[derive(Clone, Debug)]
pub struct AppFactor {
    /// The shared secret, sealed.
    pub sealed: String,
    /// The time step of the last code that was taken.
    pub last_step: i64,
    pub wrong: Wrong,
    pub made_at: Instant,
}

/// Wrong codes since the last right one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub count: i64,
    pub last_at: Instant,
}

impl Wrong {
    /// Whoever mistypes is not slowed down.
    pub const FREE: i64 = 5;
    /// One of a million codes in 30 seconds: three are right at a time, so somebody who has the password
    /// already and guesses all day finds one with less than one per cent.
    pub const PAUSE_MILLIS: i64 = 30_000;

    /// How many milliseconds no code is looked at yet.
    pub fn pause_left(self, now: Instant) -> Option<i64> {
        let passed = now.millis() - self.last_at.millis();
        let left = Self::PAUSE_MILLIS - passed;
        (self.count >= Self::FREE && left > 0).then_some(left.min(Self::PAUSE_MILLIS))
    }

    #[must_use]
    pub fn once_more(self, now: Instant) -> Self {
        Self {
            count: self.count.saturating_add(1),
            last_at: now,
        }
    }

    /// Whether it is time to tell the owner, whose password somebody seems to have.
    pub fn is_to_be_told(self) -> bool {
        self.count == Self::FREE
    }
}

/// What somebody has besides a password.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Factors {
    /// Since when an app shows codes.
    pub app: Option<Instant>,
    /// Recovery codes that were not used yet.
    pub codes_left: i64,
    pub passkeys: i64,
}

impl Factors {
    pub fn is_any(self) -> bool {
        self.app.is_some() || self.passkeys > 0
    }

    /// "An app that shows codes, 8 recovery codes left", for admins and for themselves.
    pub fn words(self) -> String {
        let keys = match self.passkeys {
            0 => None,
            1 => Some("one passkey".to_owned()),
            many => Some(format!("{many} passkeys")),
        };
        let app = self.app.map(|_since| "an app that shows codes".to_owned());
        let have: Vec<String> = app.into_iter().chain(keys).collect();
        if have.is_empty() {
            return "None: the password alone opens the account.".to_owned();
        }
        let left = match self.codes_left {
            0 => "no recovery code is left".to_owned(),
            1 => "one recovery code is left".to_owned(),
            many => format!("{many} recovery codes are left"),
        };
        let mut words = format!("{}; {left}.", have.join(" and "));
        if let Some(first) = words.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        words
    }
}

/// Of which roles a second factor is required.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FactorRule(pub Roles);

impl FactorRule {
    /// One role is enough, whatever others somebody has.
    pub fn concerns(self, roles: Roles) -> bool {
        (self.0.author && roles.author)
            || (self.0.editor && roles.editor)
            || (self.0.admin && roles.admin)
    }
}

/// What a right password opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BehindPassword {
    TheRoom,
    AskForFactor,
    /// Nothing else opens before there is one.
    SetUpFirst,
}

pub fn behind_password(roles: Roles, rule: FactorRule, has: Factors) -> BehindPassword {
    match (has.is_any(), rule.concerns(roles)) {
        (true, _) => BehindPassword::AskForFactor,
        (false, true) => BehindPassword::SetUpFirst,
        (false, false) => BehindPassword::TheRoom,
    }
}

/// Whoever gave the password has so long for the rest.
const AT_DOOR_MILLIS: i64 = 10 * 60 * 1000;

/// Whether a password that was given then still waits for its factor.
pub fn is_still_at_door(since: Instant, now: Instant) -> bool {
    (0..AT_DOOR_MILLIS).contains(&(now.millis() - since.millis()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_codes_make_a_pause_which_ends_by_itself() {
        let now = Instant::from_millis(100_000);
        let mut wrong = Wrong {
            count: 0,
            last_at: Instant::from_millis(0),
        };
        for _ in 0..Wrong::FREE {
            assert_eq!(wrong.pause_left(now), None);
            wrong = wrong.once_more(now);
        }
        assert!(wrong.is_to_be_told());
        assert_eq!(wrong.pause_left(now), Some(Wrong::PAUSE_MILLIS));
        assert_eq!(wrong.pause_left(now.plus_millis(29_999)), Some(1));
        assert_eq!(wrong.pause_left(now.plus_millis(30_000)), None);
        let again = wrong.once_more(now.plus_millis(30_000));
        assert!(again.pause_left(now.plus_millis(30_001)).is_some());
        assert!(!again.is_to_be_told(), "told once");
    }

    #[test]
    fn a_clock_that_was_set_back_makes_no_endless_pause() {
        let wrong = Wrong {
            count: 9,
            last_at: Instant::from_millis(90_000_000),
        };
        let now = Instant::from_millis(0);
        assert_eq!(wrong.pause_left(now), Some(Wrong::PAUSE_MILLIS));
    }

    #[test]
    fn a_rule_for_one_role_concerns_whoever_has_it_among_others() {
        let rule = FactorRule(Roles::ADMIN);
        assert!(rule.concerns(Roles::FIRST) && rule.concerns(Roles::ADMIN));
        assert!(!rule.concerns(Roles::EDITOR) && !rule.concerns(Roles::AUTHOR));
        let (none, some) = (
            Factors::default(),
            Factors {
                app: Some(Instant::from_millis(0)),
                codes_left: 0,
                passkeys: 0,
            },
        );
        let opens = |roles, has| behind_password(roles, rule, has);
        assert_eq!(opens(Roles::EDITOR, none), BehindPassword::TheRoom);
        assert_eq!(opens(Roles::FIRST, none), BehindPassword::SetUpFirst);
        assert_eq!(opens(Roles::FIRST, some), BehindPassword::AskForFactor);
        assert_eq!(opens(Roles::EDITOR, some), BehindPassword::AskForFactor);
    }

    #[test]
    fn a_password_waits_ten_minutes_for_its_factor() {
        let then = Instant::from_millis(0);
        assert!(is_still_at_door(then, then.plus_millis(599_999)));
        assert!(!is_still_at_door(then, then.plus_millis(600_000)));
        assert!(!is_still_at_door(then, then.plus_millis(-1)));
    }
}

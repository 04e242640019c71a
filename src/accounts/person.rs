//! A person, their address and their roles; proofs of a right are values that only a role gives.

use std::fmt;
use std::str::FromStr;

/// The number of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PersonId(i64);

impl PersonId {
    pub const fn new(number: i64) -> Self {
        Self(number)
    }

    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for PersonId {
    type Err = std::num::ParseIntError;

    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        typed.parse().map(Self)
    }
}

/// Somebody with an account.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: PersonId,
    pub name: PersonName,
    pub email: Email,
    pub roles: Roles,
    /// How often all their sessions were ended: what was begun in an earlier era opens nothing.
    pub era: i64,
}

/// The roles of one person; an admin who is to write or publish has that role too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    pub author: bool,
    pub editor: bool,
    pub admin: bool,
}

impl Roles {
    pub const AUTHOR: Self = Self {
        author: true,
        editor: false,
        admin: false,
    };
    pub const EDITOR: Self = Self {
        author: false,
        editor: true,
        admin: false,
    };
    pub const ADMIN: Self = Self {
        author: false,
        editor: false,
        admin: true,
    };
    /// The first account of a room can do everything.
    pub const FIRST: Self = Self {
        author: false,
        editor: true,
        admin: true,
    };

    pub fn may_write(self) -> bool {
        self.author || self.editor
    }

    /// "editor and admin", for people to read.
    pub fn words(self) -> String {
        [
            (self.author, "author"),
            (self.editor, "editor"),
            (self.admin, "admin"),
        ]
        .into_iter()
        .filter_map(|(has, word)| has.then_some(word))
        .collect::<Vec<_>>()
        .join(" and ")
    }

    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            author: self.author || other.author,
            editor: self.editor || other.editor,
            admin: self.admin || other.admin,
        }
    }
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("A role is author, editor or admin; “{0}” is none of them.")]
pub struct RoleError(String);

impl FromStr for Roles {
    type Err = RoleError;

    fn from_str(typed: &str) -> Result<Self, RoleError> {
        match typed {
            "author" => Ok(Self::AUTHOR),
            "editor" => Ok(Self::EDITOR),
            "admin" => Ok(Self::ADMIN),
            other => Err(RoleError(other.to_owned())),
        }
    }
}

/// Proof that this person may write.
#[derive(Clone, Copy, Debug)]
pub struct Writer(PersonId);

/// Proof that this person may change what readers see.
#[derive(Clone, Copy, Debug)]
pub struct Editor(PersonId);

/// Proof that this person may run the room.
#[derive(Clone, Copy, Debug)]
pub struct Admin(PersonId);

impl Writer {
    pub const fn id(self) -> PersonId {
        self.0
    }
}

impl Editor {
    pub const fn id(self) -> PersonId {
        self.0
    }
}

impl Admin {
    pub const fn id(self) -> PersonId {
        self.0
    }
}

impl Person {
    pub fn writer(&self) -> Option<Writer> {
        self.roles.may_write().then_some(Writer(self.id))
    }

    pub fn editor(&self) -> Option<Editor> {
        self.roles.editor.then_some(Editor(self.id))
    }

    pub fn admin(&self) -> Option<Admin> {
        self.roles.admin.then_some(Admin(self.id))
    }
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum PersonError {
    #[error("Write a name.")]
    NoName,
    #[error("The name is {over} characters too long.")]
    NameTooLong { over: usize },
    #[error("Write a mail address, such as name@example.org.")]
    NotAnEmail,
}

/// A name: one line, 1 to 100 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonName(String);

impl PersonName {
    pub const LONGEST: usize = 100;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PersonName {
    type Err = PersonError;

    fn from_str(typed: &str) -> Result<Self, PersonError> {
        let name: String = typed.chars().filter(|&sign| !is_hidden(sign)).collect();
        let name = name.trim().to_owned();
        match name.chars().count() {
            0 => Err(PersonError::NoName),
            n if n > Self::LONGEST => Err(PersonError::NameTooLong {
                over: n - Self::LONGEST,
            }),
            _ => Ok(Self(name)),
        }
    }
}

/// Signs that nobody sees, and those that turn the writing round, with which one name could pass for
/// another.
const fn is_hidden(sign: char) -> bool {
    matches!(
        sign,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

/// A mail address in lower case, so that one address is one account. Only its shape is checked: what
/// stands before the `@` is one of the forms that need no quotation marks (RFC 5322, 3.2.3, with the
/// letters of every script, RFC 6531), and behind it labels of letters, digits and hyphens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// RFC 5321, 4.5.3.1.3.
    pub const LONGEST: usize = 254;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Email {
    type Err = PersonError;

    fn from_str(typed: &str) -> Result<Self, PersonError> {
        let address = typed.trim().to_lowercase();
        match address.split_once('@') {
            Some((local, domain))
                if address.len() <= Self::LONGEST
                    && local.split('.').all(is_atom)
                    && domain.split('.').all(is_label) =>
            {
                Ok(Self(address))
            }
            _ => Err(PersonError::NotAnEmail),
        }
    }
}

fn is_atom(part: &str) -> bool {
    let fits = |sign: char| sign.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(sign);
    !part.is_empty() && part.chars().all(fits)
}

fn is_label(part: &str) -> bool {
    let fits = |sign: char| sign.is_alphanumeric() || sign == '-';
    !part.is_empty() && part.chars().all(fits) && !part.starts_with('-') && !part.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_in_two_cases_is_one_account() {
        let upper: Email = " Ann@Example.ORG ".parse().unwrap();
        assert_eq!(upper, "ann@example.org".parse().unwrap());
        for wrong in [
            "",
            "ann",
            "@x",
            "a@",
            "a b@c",
            "a@b@c",
            "<r@x.example>",
            "o@x.example>",
            "p\u{200b}@x.example",
            "a@x.example.",
            "a@x..example",
            ".a@x.example",
            "a@-x.example",
        ] {
            assert_eq!(
                wrong.parse::<Email>(),
                Err(PersonError::NotAnEmail),
                "{wrong}"
            );
        }
    }

    #[test]
    fn a_name_is_seen_and_runs_one_way() {
        let named = |typed: &str| typed.parse::<PersonName>();
        assert_eq!(named("\u{200b} \u{feff}"), Err(PersonError::NoName));
        assert_eq!(named(" Bo\u{2069}\u{202e}s\n").unwrap().as_str(), "Bos");
        // Persian and many Indian names need these two between their letters.
        let joined = "\u{646}\u{6cc}\u{200c}\u{6a9} \u{915}\u{94d}\u{200d}\u{937}";
        assert_eq!(named(joined).unwrap().as_str(), joined);
    }

    #[test]
    fn a_right_comes_only_from_its_role() {
        let person = Person {
            id: PersonId::new(1),
            name: "Ann".parse().unwrap(),
            email: "a@b".parse().unwrap(),
            roles: Roles::ADMIN,
            era: 0,
        };
        assert!(person.admin().is_some() && person.editor().is_none() && person.writer().is_none());
        assert_eq!(Roles::FIRST.words(), "editor and admin");
    }
}

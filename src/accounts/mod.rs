//! People: who they are, what they may do, and how they prove it.

pub mod factor;
pub mod passkey;
pub mod password;
pub mod person;
pub mod seal;
pub mod session;
pub mod sign_in;
pub mod taste;

pub use factor::{AppSecret, RecoveryCode};
pub use password::{Password, PasswordHash};
pub use person::{Admin, Editor, Email, Person, PersonId, PersonName, Roles, Writer};
pub use seal::Seal;
pub use taste::Taste;

//! Dateline, a newsroom in one binary.
//!
//! In the order to read it: [`newsroom`] holds the rules, [`media`], [`accounts`] and [`prose`] know
//! pictures, people and text; [`storage`] is the only SQL; [`desk`] makes the moves, [`mailer`]
//! sends the mails that they owe, [`purger`] tells caches of changes, [`janitor`] empties the trash, [`darkroom`] makes copies of pictures, [`backups`] copies the room, [`portable`] carries it elsewhere,
//! [`operation`] counts what it does; [`apart`] reads strangers' files in a process of its own; [`web`] is the HTTP kit, [`public`] what readers see,
//! [`passes`] what journalists see before them, [`admin`] what staff see; [`leaks`] looks for what readers must not see; [`app`] puts them together and
//! [`commands`] is the command line. ARCHITECTURE.md says who may use whom.

pub mod accounts;
pub mod admin;
pub mod apart;
pub mod app;
pub mod backups;
pub mod clock;
pub mod commands;
pub mod config;
pub mod darkroom;
pub mod desk;
pub mod janitor;
pub mod keys;
pub mod leaks;
pub mod mailer;
pub mod media;
pub mod newsroom;
pub mod operation;
pub mod passes;
pub mod portable;
pub mod prose;
pub mod public;
pub mod purger;
pub mod samples;
pub mod storage;
pub mod telemetry;
pub mod web;
pub mod zone;

//! Mails, against a real SMTP server: who is told what, what becomes of a mail, what the server sees.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod held_up;
#[cfg(test)]
mod outside;
#[cfg(test)]
mod passes;
#[cfg(test)]
mod process;
#[cfg(test)]
mod scheduled;
#[cfg(test)]
mod server;
#[cfg(test)]
mod told;

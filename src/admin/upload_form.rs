//! Reads the form of an upload, part by part, while it streams in.

use actix_multipart::{Field, Multipart};
use futures_util::StreamExt;

use super::intake::Patience;
use crate::media::ImageHash;
use crate::media::intake::LARGEST_FILE;
use crate::web::{Fields, Problem};

/// A part of the form that means something.
pub(super) enum Part {
    /// The key that makes this form one of its kind.
    Key(String),
    File(File),
}

/// One file, or a sentence that says why it was not read.
pub(super) struct File {
    pub name: String,
    pub bytes: Result<Vec<u8>, String>,
}

/// Why reading ended before the form did.
pub(super) enum Cut {
    /// The sender was waited for in vain.
    TooSlow,
    Problem(Problem),
}

/// A form that is on its way.
pub(super) struct Reading {
    form: Multipart,
    patience: Patience,
    parts: usize,
    files: usize,
    bytes: usize,
}

impl Reading {
    const MOST_PARTS: usize = 200;
    const MOST_FILES: usize = 50;
    /// Whoever sends on and on must not hold a place for ever.
    const MOST_BYTES: usize = (Self::MOST_FILES + 1) * LARGEST_FILE;

    pub(super) fn of(form: Multipart) -> Self {
        Self {
            form,
            patience: Patience::default(),
            parts: 0,
            files: 0,
            bytes: 0,
        }
    }

    /// The next part that means something; nothing where the form ends.
    pub(super) async fn next(&mut self) -> Result<Option<Part>, Cut> {
        while let Some(field) = self.field().await? {
            let sent_as = name_of(&field);
            let part = match sent_as {
                Name::Pictures(name) => self.file(name, field).await?.map(Part::File),
                Name::FormKey => Some(Part::Key(self.key(field).await?)),
                Name::Other => {
                    self.read(field, 0).await?;
                    None
                }
            };
            if part.is_some() {
                return Ok(part);
            }
        }
        Ok(None)
    }

    /// Reads to the end and keeps nothing, so that the sender comes to read the answer.
    pub(super) async fn skip_the_rest(mut self) -> Result<(), Cut> {
        while let Some(field) = self.field().await? {
            self.read(field, 0).await?;
        }
        Ok(())
    }

    async fn field(&mut self) -> Result<Option<Field>, Cut> {
        let next = self.patience.wait(self.form.next()).await;
        let Some(field) = next.ok_or(Cut::TooSlow)?.transpose().map_err(malformed)? else {
            return Ok(None);
        };
        self.parts += 1;
        if self.parts > Self::MOST_PARTS {
            return Err(Cut::Problem(Problem::TooLarge));
        }
        Ok(Some(field))
    }

    async fn key(&mut self, field: Field) -> Result<String, Cut> {
        const LONGEST: usize = 100;
        let bytes = self.read(field, LONGEST).await?.unwrap_or_default();
        let mut fields = Fields::default();
        fields.set("form_key", &String::from_utf8_lossy(&bytes));
        fields.form_key().map_err(Cut::Problem)
    }

    /// A file field that nobody chose a file for is sent without name and bytes.
    async fn file(&mut self, name: String, field: Field) -> Result<Option<File>, Cut> {
        self.files += 1;
        let is_one_too_many = self.files > Self::MOST_FILES;
        let longest = if is_one_too_many { 0 } else { LARGEST_FILE };
        let bytes = match self.read(field, longest).await? {
            Some(bytes) if bytes.is_empty() && name.is_empty() => return Ok(None),
            Some(bytes) if !is_one_too_many => Ok(bytes),
            Some(_) | None if is_one_too_many => Err(format!(
                "Send at most {} pictures at once.",
                Self::MOST_FILES
            )),
            Some(_) | None => Err(format!(
                "The file is larger than {} MB. Export it smaller.",
                LARGEST_FILE / 1_000_000
            )),
        };
        Ok(Some(File { name, bytes }))
    }

    /// The bytes of a part; nothing where there were more, and those are never held.
    async fn read(&mut self, mut field: Field, longest: usize) -> Result<Option<Vec<u8>>, Cut> {
        let (mut bytes, mut fits) = (Vec::new(), true);
        while let Some(chunk) = self.patience.wait(field.next()).await.ok_or(Cut::TooSlow)? {
            let chunk = chunk.map_err(malformed)?;
            self.patience.earn(chunk.len());
            self.bytes = self.bytes.saturating_add(chunk.len());
            if self.bytes > Self::MOST_BYTES {
                return Err(Cut::Problem(Problem::TooLarge));
            }
            fits = fits && bytes.len() + chunk.len() <= longest;
            if fits {
                bytes.extend_from_slice(&chunk);
            } else {
                bytes = Vec::new();
            }
        }
        Ok(fits.then_some(bytes))
    }
}

/// A form's key, and a file with its name.
pub(super) type Received = (String, (String, Vec<u8>));

/// The key and the first file of a form that sends one, or a sentence that says why not.
pub(super) async fn one_file(mut reading: Reading) -> Result<Result<Received, String>, Problem> {
    let (mut key, mut file) = (None, None);
    loop {
        match reading.next().await {
            Ok(Some(Part::Key(sent))) => key = Some(sent),
            Ok(Some(Part::File(File { name, bytes }))) => match bytes {
                Ok(bytes) => {
                    file.get_or_insert((name, bytes));
                }
                Err(sentence) => return Ok(Err(sentence)),
            },
            Ok(None) => break,
            Err(Cut::TooSlow) => {
                let sentence =
                    "It did not arrive in time. Check the connection, then send it again.";
                return Ok(Err(sentence.to_owned()));
            }
            Err(Cut::Problem(problem)) => return Err(problem),
        }
    }
    let key = key.ok_or(Problem::Malformed)?;
    // Another file makes another form, as another word does.
    let key = |bytes: &[u8]| format!("{key}.{}", ImageHash::of(bytes).as_str());
    Ok(file
        .map(|file| (key(&file.1), file))
        .ok_or_else(|| "Choose the new file first.".to_owned()))
}

fn malformed(_cut_off: actix_multipart::MultipartError) -> Cut {
    Cut::Problem(Problem::Malformed)
}

/// What a part is sent as.
enum Name {
    FormKey,
    /// With the name of the file.
    Pictures(String),
    Other,
}

fn name_of(field: &Field) -> Name {
    let Some(part) = field.content_disposition() else {
        return Name::Other;
    };
    match (part.get_name(), part.get_filename()) {
        (Some("form_key"), None) => Name::FormKey,
        (Some("pictures" | "file"), Some(name)) => Name::Pictures(plain_name(name)),
        _ => Name::Other,
    }
}

/// The last part of a path, without signs that nobody sees, which turn what stands behind them too. Of a long
/// one the middle goes: its end tells what it is.
fn plain_name(sent: &str) -> String {
    const LONGEST: usize = 120;
    const LONGEST_ENDING: usize = 20;
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_seen = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let plain: Vec<char> = last.chars().filter(is_seen).collect();
    let dot = plain.iter().rposition(|c| *c == '.').unwrap_or(plain.len());
    let (stem, ending) = plain.split_at(dot);
    let ending = ending.iter().take(LONGEST_ENDING);
    let stem = stem.iter().take(LONGEST - ending.len());
    stem.chain(ending).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_what_says_what_it_is() {
        assert_eq!(plain_name("C:\\photos\\a\r\nb.jpg"), "ab.jpg");
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("report\u{202E}fdp.exe"), "reportfdp.exe");
        let long = plain_name(&format!("{}.pdf", "ä".repeat(500)));
        assert_eq!(long.chars().count(), 120);
        assert!(long.ends_with("ä.pdf"));
        assert_eq!(plain_name(&"a".repeat(500)).len(), 120);
        assert_eq!(plain_name(&format!("a.{}", "b".repeat(500))).len(), 21);
        assert_eq!(plain_name(""), "");
    }
}

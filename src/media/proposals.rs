//! What a photo's file proposes for the words that staff write. Nothing of it counts before a person
//! has looked at it and saved.

use super::TakenOn;
use super::metadata::{Fact, Found, Metadata};
use super::wire_caption::{self, WireCaption};

/// Words for one field, and where they come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub words: String,
    /// As `Proposed from the file’s IPTC caption.`
    pub from: String,
}

/// What the file has words for; a field without any is left to whoever writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposals {
    /// Only what the file itself calls an alt text: a caption is none.
    pub alt_text: Option<Proposal>,
    pub caption: Option<Proposal>,
    pub credit: Option<Proposal>,
    pub terms: Option<Proposal>,
    pub taken_on: Option<Proposal>,
    /// The caption as the file has it, split.
    pub wire: Option<(Found, WireCaption)>,
}

impl Proposals {
    pub fn of(metadata: &Metadata) -> Self {
        let description = metadata.of(Fact::Description).cloned();
        let wire = description.map(|found| {
            let split = wire_caption::split(&found.text());
            (found, split)
        });
        let reading = Reading {
            metadata,
            wire: wire.as_ref(),
        };
        Self {
            alt_text: reading.alt_text(),
            caption: reading.caption(),
            credit: reading.credit(),
            terms: reading.terms(),
            taken_on: reading.taken_on(),
            wire,
        }
    }
}

struct Reading<'a> {
    metadata: &'a Metadata,
    wire: Option<&'a (Found, WireCaption)>,
}

impl Reading<'_> {
    fn alt_text(&self) -> Option<Proposal> {
        let found = self.metadata.of(Fact::AltText)?;
        // An alt text is one line.
        let words = found
            .text()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        Some(proposal(words, &format!("{} alt text", found.block.name())))
    }

    /// The sentence that tells what the photo shows; the background behind it stays with the file.
    fn caption(&self) -> Option<Proposal> {
        let (found, split) = self.wire?;
        let first = split.sentences.first()?.clone();
        let part = if split.sentences.len() > 1 {
            ", its first sentence"
        } else {
            ""
        };
        Some(proposal(
            first,
            &format!("{} caption{part}", found.block.name()),
        ))
    }

    /// A corrected credit comes first; then creator and credit line, then what the caption says.
    fn credit(&self) -> Option<Proposal> {
        let of_caption =
            self.wire
                .filter(|(_, split)| !split.credit.is_empty())
                .map(|(found, split)| {
                    let which = if split.credit_is_corrected {
                        "corrected credit"
                    } else {
                        "credit"
                    };
                    proposal(
                        split.credit.clone(),
                        &format!("{} caption, its {which}", found.block.name()),
                    )
                });
        let is_corrected = self
            .wire
            .is_some_and(|(_, split)| split.credit_is_corrected);
        if is_corrected {
            return of_caption;
        }
        self.credit_of_fields()
            .or(of_caption)
            .or_else(|| self.plain(&[Fact::Source, Fact::Copyright]))
    }

    fn credit_of_fields(&self) -> Option<Proposal> {
        let creator = self.metadata.of(Fact::Creator);
        let line = self.metadata.of(Fact::CreditLine);
        match (creator, line) {
            (Some(creator), Some(line)) if !holds(&line.text(), &creator.text()) => Some(proposal(
                format!("{} / {}", creator.text(), slashed(&line.text())),
                &format!(
                    "{} creator and {} credit line",
                    creator.block.name(),
                    line.block.name()
                ),
            )),
            (_, Some(line)) => Some(proposal(
                slashed(&line.text()),
                &format!("{} credit line", line.block.name()),
            )),
            (Some(_), None) => {
                // A caption names the agency too; the creator's field names only a person.
                let fuller = self.wire.is_some_and(|(_, split)| !split.agency.is_empty());
                if fuller {
                    None
                } else {
                    self.plain(&[Fact::Creator])
                }
            }
            (None, None) => None,
        }
    }

    /// What may be done with the photo, however the file says it, each once.
    fn terms(&self) -> Option<Proposal> {
        let (mut words, mut from): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for fact in [Fact::UsageTerms, Fact::Instructions] {
            if let Some(found) = self.metadata.of(fact) {
                words.push(found.text());
                from.push(format!(
                    "{} {}",
                    found.block.name(),
                    fact.name().to_lowercase()
                ));
            }
        }
        if let Some((found, split)) = self
            .wire
            .filter(|(_, split)| !split.restrictions.is_empty())
        {
            let told = words.join(" ").to_lowercase();
            words.extend(
                split
                    .restrictions
                    .iter()
                    .filter(|one| !told.contains(&one.to_lowercase()))
                    .cloned(),
            );
            from.push(format!("{} caption", found.block.name()));
        }
        let sentence = words
            .iter()
            .map(|words| words.trim_end_matches('.'))
            .collect::<Vec<_>>()
            .join(". ");
        (!sentence.is_empty()).then(|| proposal(sentence, &from.join(" and ")))
    }

    fn taken_on(&self) -> Option<Proposal> {
        let of_field = self.metadata.of(Fact::DateCreated).and_then(|found| {
            let day: TakenOn = found.words.first()?.parse().ok()?;
            Some(proposal(
                day.to_string(),
                &format!("{} date", found.block.name()),
            ))
        });
        of_field.or_else(|| {
            let (found, split) = self.wire?;
            Some(proposal(
                split.taken_on?.to_string(),
                &format!("{} caption", found.block.name()),
            ))
        })
    }

    /// The first of these facts that the file has.
    fn plain(&self, facts: &[Fact]) -> Option<Proposal> {
        let found = facts.iter().find_map(|fact| self.metadata.of(*fact))?;
        let name = found.fact.name().to_lowercase();
        Some(proposal(
            found.text(),
            &format!("{} {name}", found.block.name()),
        ))
    }
}

fn proposal(words: String, from: &str) -> Proposal {
    Proposal {
        words,
        from: format!("Proposed from the file’s {from}."),
    }
}

fn holds(line: &str, creator: &str) -> bool {
    line.to_lowercase().contains(&creator.to_lowercase())
}

/// `AFP/Getty Images` as `AFP / Getty Images`; an address stays whole.
fn slashed(line: &str) -> String {
    if line.contains("//") {
        return line.to_owned();
    }
    line.split('/')
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(" / ")
}

#[cfg(test)]
mod tests {
    use super::super::metadata::Block;
    use super::*;

    fn file(facts: &[(Fact, Block, &str)]) -> Proposals {
        let found = facts.iter().map(|(fact, block, words)| {
            serde_json::json!({ "fact": fact, "block": block, "words": [words] })
        });
        let json = serde_json::Value::Array(found.collect());
        Proposals::of(&serde_json::from_value(json).unwrap())
    }

    fn words(proposal: Option<&Proposal>) -> (&str, &str) {
        proposal.map_or(("", ""), |one| (one.words.as_str(), one.from.as_str()))
    }

    const WIRE: &str = "TOPSHOT - A handout photo shows a crane in Sarrin on May 4, 2017. It fell later. \
                        (Photo by Ann Osei / AFP)";

    #[test]
    fn a_wire_caption_fills_caption_credit_terms_and_day_but_no_alt_text() {
        let proposals = file(&[(Fact::Description, Block::Iptc, WIRE)]);
        assert_eq!(
            words(proposals.caption.as_ref()),
            (
                "A handout photo shows a crane in Sarrin on May 4, 2017.",
                "Proposed from the file’s IPTC caption, its first sentence."
            )
        );
        assert_eq!(words(proposals.credit.as_ref()).0, "Ann Osei / AFP");
        assert_eq!(words(proposals.terms.as_ref()).0, "Handout");
        assert_eq!(words(proposals.taken_on.as_ref()).0, "2017-05-04");
        assert_eq!(proposals.alt_text, None);
    }

    #[test]
    fn what_the_file_says_in_fields_comes_before_what_its_caption_says() {
        let fields = [
            (Fact::Description, Block::Exif, WIRE),
            (Fact::AltText, Block::Xmp, "A crane\nlies in the water"),
            (Fact::Creator, Block::Iptc, "Ann Osei"),
            (Fact::CreditLine, Block::Xmp, "Quay News/Getty Images"),
            (Fact::UsageTerms, Block::Xmp, "Editorial use only."),
            (Fact::DateCreated, Block::Exif, "2017-05-03"),
        ];
        let proposals = file(&fields);
        let alt = words(proposals.alt_text.as_ref());
        assert_eq!(
            alt,
            (
                "A crane lies in the water",
                "Proposed from the file’s XMP alt text."
            )
        );
        assert_eq!(
            words(proposals.credit.as_ref()),
            (
                "Ann Osei / Quay News / Getty Images",
                "Proposed from the file’s IPTC creator and XMP credit line."
            )
        );
        assert_eq!(
            words(proposals.terms.as_ref()).0,
            "Editorial use only. Handout"
        );
        assert_eq!(words(proposals.taken_on.as_ref()).0, "2017-05-03");
    }

    #[test]
    fn a_corrected_credit_comes_before_everything() {
        let caption = "A crane. (Photo credit should read ANN OSEI/AFP/Getty Images)";
        let proposals = file(&[
            (Fact::Description, Block::Xmp, caption),
            (Fact::CreditLine, Block::Xmp, "Somebody Else"),
        ]);
        assert_eq!(
            words(proposals.credit.as_ref()).0,
            "ANN OSEI / AFP / Getty Images"
        );
        assert!(
            words(proposals.credit.as_ref())
                .1
                .ends_with("its corrected credit.")
        );
    }

    #[test]
    fn a_silent_file_proposes_nothing() {
        assert_eq!(file(&[]), Proposals::default());
    }
}

//! What a picture's file says, as the page of the picture shows and proposes it.

use crate::media::metadata::{Fact, Metadata};
use crate::media::proposals::{Proposal, Proposals};
use crate::media::wire_caption::WireCaption;
use crate::web::Fields;

/// Everything that the file says, and what it proposes.
pub(super) struct FileSays {
    pub caption: Option<Passage>,
    /// The parts that the caption was split into, but for those that have a field.
    pub parts: Vec<Passage>,
    pub facts: Vec<Passage>,
    proposals: Proposals,
    /// Whether nobody described the picture yet.
    proposes: bool,
}

/// Words of the file under their name.
pub(super) struct Passage {
    pub name: String,
    pub words: String,
}

/// For each field, where its words come from; empty where a person wrote them.
#[derive(Default)]
pub(super) struct Origins {
    pub alt_text: String,
    pub caption: String,
    pub credit: String,
    pub terms: String,
    pub taken_on: String,
}

impl Origins {
    pub(super) fn are_any(&self) -> bool {
        let all = [
            &self.alt_text,
            &self.caption,
            &self.credit,
            &self.terms,
            &self.taken_on,
        ];
        all.into_iter().any(|origin| !origin.is_empty())
    }
}

impl FileSays {
    pub(super) fn of(metadata: &Metadata, proposes: bool) -> Self {
        let proposals = Proposals::of(metadata);
        let others = metadata
            .iter()
            .filter(|found| found.fact != Fact::Description);
        Self {
            caption: proposals.wire.as_ref().map(|(found, _)| {
                let name = format!("Caption in the file ({})", found.block.name());
                passage(&name, &found.text())
            }),
            parts: proposals
                .wire
                .as_ref()
                .map(|(_, wire)| parts(wire))
                .unwrap_or_default(),
            facts: others
                .map(|found| {
                    let name = format!("{} ({})", found.fact.name(), found.block.name());
                    passage(&name, &found.text())
                })
                .collect(),
            proposals,
            proposes,
        }
    }

    pub(super) const fn is_silent(&self) -> bool {
        self.caption.is_none() && self.facts.is_empty()
    }

    /// The form of the picture; of one that nobody described, with what the file proposes.
    pub(super) fn filled_in(&self, stored: &Fields) -> Fields {
        if !self.proposes {
            return stored.clone();
        }
        let mut fields = Fields::default();
        fields.set("alt_choice", stored.get("alt_choice"));
        for (name, proposal) in self.proposed() {
            let words = proposal.map_or_else(|| stored.get(name), |one| one.words.as_str());
            fields.set(name, words);
        }
        fields
    }

    /// Where the words of these fields come from, as long as they are the file's.
    pub(super) fn origins(&self, fields: &Fields) -> Origins {
        if !self.proposes {
            return Origins::default();
        }
        let [alt_text, caption, credit, terms, taken_on] =
            self.proposed().map(|(name, proposal)| {
                let same = proposal.filter(|one| one.words == fields.get(name));
                same.map(|one| one.from.clone()).unwrap_or_default()
            });
        Origins {
            alt_text,
            caption,
            credit,
            terms,
            taken_on,
        }
    }

    const fn proposed(&self) -> [(&'static str, Option<&Proposal>); 5] {
        let proposals = &self.proposals;
        [
            ("alt_text", proposals.alt_text.as_ref()),
            ("caption", proposals.caption.as_ref()),
            ("credit", proposals.credit.as_ref()),
            ("terms", proposals.terms.as_ref()),
            ("taken_on", proposals.taken_on.as_ref()),
        ]
    }
}

fn parts(wire: &WireCaption) -> Vec<Passage> {
    let background = wire.sentences.iter().skip(1);
    let background: Vec<&str> = background.map(String::as_str).collect();
    let day = wire.taken_on.map(|day| day.to_string()).unwrap_or_default();
    let all = [
        ("Flag", wire.flag.as_str()),
        ("Dateline", &wire.dateline),
        ("Background", &background.join(" ")),
        ("Day in the caption", &day),
        ("Photographer", &wire.photographer),
        ("Agency", &wire.agency),
        ("Restrictions", &wire.restrictions.join(". ")),
    ];
    let said = all.into_iter().filter(|(_, words)| !words.is_empty());
    said.map(|(name, words)| passage(name, words)).collect()
}

pub(super) fn passage(name: &str, words: &str) -> Passage {
    Passage {
        name: name.to_owned(),
        words: words.to_owned(),
    }
}

//! Captions of the shapes that agencies send, and some that nobody would.

use proptest::prelude::*;

use super::*;

fn day(split: &WireCaption) -> String {
    split
        .taken_on
        .map(|day| day.to_string())
        .unwrap_or_default()
}

#[test]
fn one_sentence_and_a_credit() {
    let split = split(
        "Fishermen mend their nets beside the closed customs house in Sarrin, Velmara on March 3, 2016. \
         (Photo by TOMAS BRIL/AFP/Getty Images)",
    );
    assert_eq!(
        split.sentences,
        [
            "Fishermen mend their nets beside the closed customs house in Sarrin, Velmara on March 3, 2016."
        ]
    );
    assert_eq!(day(&split), "2016-03-03");
    assert_eq!(
        (split.photographer.as_str(), split.agency.as_str()),
        ("TOMAS BRIL", "AFP / Getty Images")
    );
    assert_eq!(split.credit, "TOMAS BRIL / AFP / Getty Images");
    assert!(!split.credit_is_corrected && split.flag.is_empty() && split.dateline.is_empty());
}

#[test]
fn a_second_credit_wins_over_the_first() {
    let split = split(
        "A nurse (right) counts vials in the tent of the Quay Clinic, on June 9, 2018. (Photo by Ilse Born / AFP) \
         (Photo credit should read ILSE BORNE/AFP/Getty Images)",
    );
    assert_eq!(split.credit, "ILSE BORNE / AFP / Getty Images");
    assert_eq!(
        (split.photographer.as_str(), split.credit_is_corrected),
        ("ILSE BORNE", true)
    );
    assert!(split.sentences[0].starts_with("A nurse (right) counts"));
    assert_eq!(split.sentences.len(), 1);
}

#[test]
fn a_flag_a_handout_and_its_background_are_told_apart() {
    let split = split(
        "TOPSHOT - This handout photo taken and released by the Harbour Tribunal of Velmara (HTV) on \
         November 2, 2018 shows the defendant Oru Pell in court. - Two owners of the ferry line were sentenced on \
         November 2 for the sinking of 1997, a court said. (Photo by Jon Lark / Harbour Tribunal of Velmara / AFP) \
         (Photo credit should read JON LARK/AFP/Getty Images)",
    );
    assert_eq!(
        (split.flag.as_str(), day(&split).as_str()),
        ("TOPSHOT", "2018-11-02")
    );
    assert_eq!(split.sentences.len(), 2);
    assert!(split.sentences[0].ends_with("shows the defendant Oru Pell in court."));
    assert!(split.sentences[1].starts_with("Two owners of the ferry line"));
    assert_eq!(split.restrictions, ["Handout"]);
    assert_eq!(
        split.credit, "Jon Lark / AFP / Getty Images",
        "spelled as in the first credit"
    );
    assert_eq!(
        (split.photographer.as_str(), split.agency.as_str()),
        ("Jon Lark", "AFP / Getty Images")
    );
}

#[test]
fn a_dateline_and_much_background() {
    let split = split(
        "OSTREVA, VELMARA - JULY 14: People are seen swimming towards a rescue ship on July 14, 2017 off Ostreva, \
         Velmara. More than 900 people were counted so far in 2017, against 700 before. The ship belongs to a charity. \
         (Photo by Peer McLund/Getty Images)",
    );
    assert_eq!(split.dateline, "OSTREVA, VELMARA - JULY 14");
    assert!(split.sentences[0].starts_with("People are seen swimming"));
    assert_eq!(
        (split.sentences.len(), day(&split).as_str()),
        (3, "2017-07-14")
    );
    assert_eq!(split.credit, "Peer McLund / Getty Images");
}

#[test]
fn a_dateline_may_name_no_day() {
    let place = split("SARRIN POINT, Velmara - Boats lie at the quay at first light.");
    assert_eq!(place.dateline, "SARRIN POINT, Velmara");
    assert_eq!(place.sentences, ["Boats lie at the quay at first light."]);
    let none = split("The MV Sarrin - a ferry - lies at the quay.");
    assert_eq!(none.dateline, "");
}

#[test]
fn other_agencies_have_other_habits() {
    let file =
        split("FILE - In this Nov. 16, 2018 file photo, Mr. Vell waits. (AP Photo/Ann Osei, File)");
    assert_eq!(
        (file.flag.as_str(), day(&file).as_str()),
        ("FILE", "2018-11-16")
    );
    assert_eq!(
        file.sentences,
        ["In this Nov. 16, 2018 file photo, Mr. Vell waits."]
    );
    assert_eq!(file.credit, "Ann Osei / AP");
    let at_the_end = split("A crane falls in Sarrin, 5 May 2018. REUTERS/Bo Lind");
    assert_eq!(at_the_end.credit, "Bo Lind / REUTERS");
    assert_eq!(
        (at_the_end.sentences.len(), day(&at_the_end).as_str()),
        (1, "2018-05-05")
    );
    let files = split("(FILES) A crane falls. Photo credit should read BO LIND/AFP");
    assert_eq!(
        (files.flag.as_str(), files.credit.as_str()),
        ("FILES", "BO LIND / AFP")
    );
}

#[test]
fn a_correction_in_quotation_marks_wins_too() {
    let with = |end: &str| {
        split(&format!(
            "TOPSHOT - People carry boats on May 4, 2018. (Photo by Bo LIND / Quay Press) / \
             RESTRICTED TO EDITORIAL USE - {end}"
        ))
    };
    for end in [
        "\"Photo credit should read BO LIND/QUAY PRESS/Harbour\"",
        "“Photo credit should read BO LIND/QUAY PRESS/Harbour”",
        "Photo credit should read \"BO LIND/QUAY PRESS/Harbour\"",
        "\"Photo credit should read BO LIND/QUAY PRESS/Harbour\" - NO SALES",
    ] {
        let caption = with(end);
        assert_eq!(caption.credit, "Bo LIND / Quay Press / Harbour", "{end}");
        assert!(caption.credit_is_corrected, "{end}");
        assert_eq!(
            (caption.photographer.as_str(), caption.sentences.len()),
            ("Bo LIND", 1),
            "{end}: {:?}",
            caption.sentences
        );
        assert_eq!(caption.restrictions[0], "RESTRICTED TO EDITORIAL USE");
    }
    assert_eq!(
        with("\"Photo credit should read BO LIND/QUAY PRESS/Harbour\" - NO SALES").restrictions,
        ["RESTRICTED TO EDITORIAL USE", "NO SALES"]
    );
}

#[test]
fn what_is_forbidden_is_no_sentence() {
    let forbidden = split(
        "A crane falls in Sarrin. / RESTRICTED TO EDITORIAL USE - MANDATORY CREDIT \"AFP PHOTO / QUAY\" - NO MARKETING \
         NO ADVERTISING CAMPAIGNS - DISTRIBUTED AS A SERVICE TO CLIENTS",
    );
    assert_eq!(forbidden.sentences, ["A crane falls in Sarrin."]);
    assert_eq!(forbidden.restrictions.len(), 4);
    assert_eq!(forbidden.restrictions[0], "RESTRICTED TO EDITORIAL USE");
    let quiet = split("A crane falls. For editorial use only.");
    assert_eq!(
        (quiet.sentences.len(), quiet.restrictions),
        (1, vec!["For editorial use only".to_owned()])
    );
    let told = split("The poster said that the land is for editorial use only.");
    assert_eq!(
        (told.sentences.len(), told.restrictions.len()),
        (1, 0),
        "somebody speaks of it"
    );
}

#[test]
fn a_plain_caption_stays_as_it_is() {
    for caption in [
        "Boats at the north quay",
        "قوارب عند الرصيف الشمالي",
        "Note: the quay - closed since May - opens again",
        "The bay (photo below) at dusk",
        "FILED papers on a desk",
    ] {
        let split = split(caption);
        assert_eq!(split.sentences, [caption]);
        assert_eq!(
            WireCaption {
                sentences: Vec::new(),
                ..split
            },
            WireCaption::default()
        );
    }
    assert_eq!(split(" \n "), WireCaption::default());
}

#[test]
fn hostile_captions_end_in_time_and_lose_nothing_that_is_no_credit() {
    let began = std::time::Instant::now();
    for hostile in [
        "(".repeat(100_000),
        "(Photo by ".repeat(20_000),
        ")".repeat(50_000),
        "TOPSHOT - ".repeat(20_000),
        ". - ".repeat(50_000),
        "no sales - ".repeat(20_000),
        "A. ".repeat(50_000),
        "REUTERS/".repeat(20_000),
        "May 1, 99999 ".repeat(9_000),
    ] {
        let parts = split(&hostile);
        assert!(
            parts
                .sentences
                .iter()
                .map(|one| one.chars().count())
                .sum::<usize>()
                <= LONGEST
        );
    }
    assert!(began.elapsed() < std::time::Duration::from_secs(2));
    let script = "<script>alert(1)</script> (Photo by </figcaption>/AFP)";
    assert_eq!(split(script).sentences, ["<script>alert(1)</script>"]);
}

proptest! {
    #[test]
    fn every_word_of_a_caption_is_somewhere(words in prop::collection::vec("[A-Za-zé(){}/:.-]{1,12}", 0..40)) {
        let caption = words.join(" ");
        let split = split(&caption);
        let all = [
            &[split.flag.as_str(), &split.dateline, &split.credit],
            &split.sentences.iter().map(String::as_str).collect::<Vec<_>>()[..],
            &split.restrictions.iter().map(String::as_str).collect::<Vec<_>>()[..],
        ].concat().join(" ");
        let letters = |text: &str| text.chars().filter(|sign| sign.is_alphanumeric()).count();
        // Only the words that announce a credit are gone.
        if !caption.to_lowercase().contains("photo") && !caption.to_lowercase().contains("credit") {
            prop_assert!(letters(&all) >= letters(&caption), "{caption} | {all}");
        }
    }

    #[test]
    fn anything_can_be_split(caption in any::<String>()) {
        split(&caption);
    }
}

//! Which paragraphs a text is, and which pictures stand between them.

use super::*;

/// Each paragraph as its style, its depth, and its words with marks for their looks.
fn told(source: &str) -> Vec<String> {
    let told = |run: &Run| {
        let Look {
            strong,
            emphasis,
            struck,
        } = run.look;
        let mark = [(strong, "**"), (emphasis, "*"), (struck, "~")];
        let mark: String = mark
            .iter()
            .filter(|(is, _)| *is)
            .map(|(_, mark)| *mark)
            .collect();
        let address = run.address.as_ref().map(|at| format!("<{at}>"));
        format!("{mark}{}{mark}{}", run.words, address.unwrap_or_default())
    };
    let line = |block: &Block| {
        let words: String = block.runs.iter().map(told).collect();
        format!("{:?} {} {words}", block.style, block.depth)
    };
    blocks(source).iter().map(line).collect()
}

#[test]
fn looks_links_and_lines_are_kept() {
    assert_eq!(
        told(
            "## News\n\nOne **big *day*** ~~no~~\nfor [us](https://a.example), [in](/news/x).\\\nEnd"
        ),
        [
            "Heading(2) 0 News",
            "Text 0 One **big *****day*** ~no~ for us<https://a.example>, in.\nEnd",
        ]
    );
}

#[test]
fn lists_quotations_tables_and_notes_are_paragraphs() {
    assert_eq!(
        told(
            "- one\n- two\n\n  3. c\n  4. d\n\n     more\n\n> We won.\n>\n> — Ann\n\n|a|b|\n|-|-|\n|1|2|\n\nX[^n]\n\n[^n]: Why\n\n```\ncode <b>\n```"
        ),
        [
            "Text 1 • one",
            "Text 1 • two",
            "Text 2 3. c",
            "Text 2 4. d",
            "Text 2 more",
            "Quote 0 We won.",
            "Quote 0 — Ann",
            "Text 0 a\tb",
            "Text 0 1\t2",
            "Text 0 X[n]",
            "Code 0 code <b>",
            "Text 0 [n] Why",
        ]
    );
}

#[test]
fn pictures_between_paragraphs_keep_their_places_and_their_words() {
    let source =
        "One\n\n![Alt](image:3 \"At sea\")\n![](image:4)\n\n- ![](image:6)\n\nTwo ![](image:5)";
    let told: Vec<String> = parts(source)
        .into_iter()
        .map(|part| match part {
            Part::Block(block) => block.runs.into_iter().map(|run| run.words).collect(),
            Part::Picture(one) => format!("{} {} {}", one.number, one.alt, one.caption),
        })
        .collect();
    assert_eq!(told, ["One", "3 Alt At sea", "4  ", "6  ", "Two "]);
}

#[test]
fn items_and_rows_say_where_they_begin() {
    use Role::{Alone, Item};
    let source = "- a\n\n  b\n\n> - c\n\n|h|\n|-|\n|1|\n\nX[^n]\n\n[^n]: - d";
    let roles: Vec<Role> = blocks(source).iter().map(|block| block.role).collect();
    let (head, row) = (Role::Row { header: true }, Role::Row { header: false });
    assert_eq!(roles, [Item, Alone, Item, head, row, Alone, Item]);
}

#[test]
fn pictures_and_addresses_that_nobody_may_be_sent_to_are_left_out() {
    assert_eq!(
        told("![a boat](image:1)\n\n[x](javascript:alert(1)) ![alt](https://a.example/b.png)"),
        ["Text 0 x "]
    );
}

#[test]
fn a_text_that_nests_without_end_is_written_in_time() {
    let began = std::time::Instant::now();
    let deep = format!("{}x\n\n{}y", "> ".repeat(5_000), "- ".repeat(5_000));
    assert!(blocks(&deep).iter().all(|block| block.depth <= DEEPEST));
    let long = "1. x\n".repeat(4_000);
    assert_eq!(blocks(&long).len(), 4_000);
    assert!(began.elapsed().as_secs() < 2, "{:?}", began.elapsed());
}

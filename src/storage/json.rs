//! The database's functions that fold several rows into one JSON text, so that one statement
//! answers for all that hangs on an item, and a word to its planner. Another database has the
//! same under other names.
#![expect(
    clippy::disallowed_types,
    reason = "the declaration names the database that has these functions"
)]

use diesel::sql_types::{BigInt, Bool, Nullable, Text};

#[diesel::declare_sql_function]
extern "SQL" {
    /// Says that nearly every row is so: an index of such rows is no way in.
    fn likely(condition: Bool) -> Bool;
    fn ifnull(number: Nullable<BigInt>, otherwise: BigInt) -> BigInt;
    /// In no order that anybody may rely on: what has one carries it, and is sorted when it is read.
    #[aggregate]
    fn json_group_array(row: Text) -> Text;
    #[sql_name = "json_array"]
    fn json_ranked(rank: BigInt, a: Text, b: Text) -> Text;
    #[sql_name = "json_array"]
    #[expect(
        clippy::too_many_arguments,
        reason = "one for each column of a subject"
    )]
    fn json_subject(
        typed: BigInt,
        parent: BigInt,
        place: BigInt,
        family: Text,
        slug: Text,
        name: Text,
    ) -> Text;
    #[sql_name = "json_array"]
    #[expect(clippy::too_many_arguments, reason = "one for each column of an image")]
    fn json_image(
        id: BigInt,
        hash: Text,
        width: BigInt,
        height: BigInt,
        alt: Text,
        caption: Text,
        credit: Text,
        terms: Text,
        taken_on: Text,
        copies: Text,
    ) -> Text;
    #[sql_name = "json_array"]
    #[expect(clippy::too_many_arguments, reason = "one for each column of a file")]
    fn json_file(
        position: BigInt,
        key: Text,
        format: Text,
        title: Text,
        language: Text,
        contact: Text,
        id: BigInt,
        byte_count: BigInt,
        pages: BigInt,
        hash: Text,
        page_height: BigInt,
    ) -> Text;
    #[sql_name = "json_array"]
    fn json_copies(ready: Text, tone: Text) -> Text;
}

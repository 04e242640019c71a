//! How languages write a date: the names of the months and the order of the parts.

use jiff::civil::Date;

/// How a language writes dates; `{d}`, `{m}` and `{y}` stand for day, month and year.
pub(super) struct Habit {
    tag: &'static str,
    months: [&'static str; 12],
    first_day: &'static str,
    day: &'static str,
    month: &'static str,
    pub(super) comma: &'static str,
}

const ENGLISH: Habit = Habit {
    tag: "en",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    first_day: "1",
    day: "{d} {m} {y}",
    month: "{m} {y}",
    comma: ", ",
};

const ARABIC: Habit = Habit {
    tag: "ar",
    months: [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    comma: "، ",
    ..ENGLISH
};

const FRENCH: Habit = Habit {
    tag: "fr",
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    first_day: "1er",
    ..ENGLISH
};

const SPANISH: Habit = Habit {
    tag: "es",
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    day: "{d} de {m} de {y}",
    month: "{m} de {y}",
    ..ENGLISH
};

const GERMAN: Habit = Habit {
    tag: "de",
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    day: "{d}. {m} {y}",
    ..ENGLISH
};

const PORTUGUESE: Habit = Habit {
    tag: "pt",
    months: [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
    day: "{d} de {m} de {y}",
    month: "{m} de {y}",
    ..ENGLISH
};

const HABITS: [&Habit; 6] = [&ENGLISH, &ARABIC, &FRENCH, &SPANISH, &GERMAN, &PORTUGUESE];

/// The habit of a language by its BCP 47 tag; English where it is none of ours.
pub(super) fn habit(language: &str) -> &'static Habit {
    let tag = language.split(['-', '_']).next().unwrap_or_default();
    HABITS
        .into_iter()
        .find(|habit| habit.tag.eq_ignore_ascii_case(tag))
        .unwrap_or(&ENGLISH)
}

impl Habit {
    pub(super) fn day_of(&self, date: Date) -> String {
        let day = match date.day() {
            1 => self.first_day.to_owned(),
            day => day.to_string(),
        };
        self.fill(self.day, date.year(), date.month())
            .replace("{d}", &day)
    }

    pub(super) fn month_of(&self, year: i16, month: i8) -> String {
        self.fill(self.month, year, month)
    }

    fn fill(&self, pattern: &str, year: i16, month: i8) -> String {
        let name = usize::try_from(month)
            .ok()
            .and_then(|month| self.months.get(month.checked_sub(1)?))
            .copied()
            .unwrap_or_default();
        pattern
            .replace("{m}", name)
            .replace("{y}", &year.to_string())
            .trim_start()
            .to_owned()
    }
}

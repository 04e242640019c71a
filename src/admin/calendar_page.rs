//! The pages of the calendar: whole weeks of a month, or a list of what is to come.

use std::collections::BTreeMap;

use askama::Template;

use super::agenda::{self, Asking, Entry, Span, When};
use super::{AdminFrame, Visit, room_of};
use crate::keys::new_key;
use crate::newsroom::calendar::Month;
use crate::newsroom::schedule::Day;
use crate::prose::dates::{self, DateWords};
use crate::storage::room::Frame;
use crate::storage::{ReadTx, calendar};
use crate::web::view::Link;
use crate::web::{Problem, paths};

/// A page shows so many publications and so many due days.
const MOST: i64 = 300;

#[derive(Template)]
#[template(path = "admin/calendar.html")]
pub(super) struct CalendarPage {
    frame: AdminFrame,
    heading: String,
    views: [Link; 2],
    zone: String,
    /// There is more than the page shows.
    more: Option<i64>,
    month: Option<MonthView>,
    days: Vec<DayView>,
    pub feed: FeedView,
}

struct MonthView {
    previous: Option<Link>,
    next: Option<Link>,
    weekdays: [(&'static str, &'static str); 7],
    weeks: Vec<Vec<DayView>>,
    /// Nothing happens in any of them.
    empty: bool,
}

struct DayView {
    heading: String,
    /// None where several days stand together.
    date: Option<DateWords>,
    number: i8,
    /// Classes: today, past, or of another month.
    look: String,
    today: bool,
    entries: Vec<EntryView>,
}

/// One thing that happens, as finished words.
struct EntryView {
    time: Option<DateWords>,
    what: &'static str,
    facts: String,
    title: String,
    lang: String,
    direction: String,
    href: String,
    due: bool,
}

/// The address that a calendar program reads.
#[derive(Default)]
pub(super) struct FeedView {
    made: Option<DateWords>,
    /// The address that was made just now; nobody can show it again.
    pub address: Option<String>,
    form_key: String,
}

const WEEKDAYS: [(&str, &str); 7] = [
    ("Mon", "Monday"),
    ("Tue", "Tuesday"),
    ("Wed", "Wednesday"),
    ("Thu", "Thursday"),
    ("Fri", "Friday"),
    ("Sat", "Saturday"),
    ("Sun", "Sunday"),
];

/// What a page is made for.
struct Facts<'a> {
    visit: &'a Visit,
    room: Frame,
    today: Day,
}

impl<'a> Facts<'a> {
    fn of(tx: &mut ReadTx<'_>, visit: &'a Visit) -> Result<Self, Problem> {
        let room = room_of(tx)?;
        let today = Day::of(visit.now, &room.room.zone);
        Ok(Self { visit, room, today })
    }

    fn asking(&self) -> Asking {
        Asking {
            now: self.visit.now,
            editor: self.visit.staff.person.roles.editor,
        }
    }

    /// By days; what happens at any time of the day comes first.
    fn by_days(&self, entries: Vec<Entry>) -> BTreeMap<Day, Vec<EntryView>> {
        let mut days: BTreeMap<Day, Vec<EntryView>> = BTreeMap::new();
        for entry in entries {
            let day = match entry.when {
                When::Due(day) => day,
                When::Begins(_, at) => Day::of(at, &self.room.room.zone),
            };
            let entries = days.entry(day).or_default();
            entries.push(self.entry(entry));
        }
        days
    }

    fn entry(&self, entry: Entry) -> EntryView {
        let time = match entry.when {
            When::Due(_) => None,
            When::Begins(_, at) => Some(dates::staff_clock(at, &self.room.room.zone)),
        };
        EntryView {
            due: time.is_none(),
            time,
            what: entry.what,
            facts: entry.facts,
            title: entry.title,
            lang: entry.lang,
            direction: entry.direction,
            href: paths::item(entry.item),
        }
    }

    fn page(self, tx: &mut ReadTx<'_>, as_list: bool) -> Result<CalendarPage, Problem> {
        let mut views = [
            Link::new("Month", paths::CALENDAR),
            Link::new(
                "List",
                paths::with_query(paths::CALENDAR, &[("as", "list")]),
            ),
        ];
        for (link, current) in views.iter_mut().zip([!as_list, as_list]) {
            link.current = current;
        }
        let zone = &self.room.room.zone;
        let made = calendar::feed_made_at(tx, self.visit.staff.person.id)?;
        Ok(CalendarPage {
            heading: "What is to come".to_owned(),
            views,
            zone: format!("Times are those of {zone}."),
            more: None,
            month: None,
            days: Vec::new(),
            feed: FeedView {
                made: made.map(|at| dates::staff_time(at, zone)),
                address: None,
                form_key: new_key(),
            },
            frame: self.visit.frame(&self.room),
        })
    }
}

/// A month as whole weeks; the present one unless another one is asked for.
pub(super) fn calendar_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    month: Option<Month>,
) -> Result<CalendarPage, Problem> {
    let facts = Facts::of(tx, visit)?;
    let month = month.unwrap_or_else(|| Month::of(visit.now, &facts.room.room.zone));
    let weeks = month.weeks();
    let entries = match span_of(&weeks, &facts.room) {
        Some(span) => agenda::entries(tx, span, facts.asking())?,
        None => Vec::new(),
    };
    let (more, empty) = (is_cut(&entries), entries.is_empty());
    let mut by_days = facts.by_days(entries);
    let mut day = |day: &Day| {
        let entries = by_days.remove(day).unwrap_or_default();
        day_view(*day, facts.today, (Some(month), entries))
    };
    let weeks = weeks
        .iter()
        .map(|week| week.iter().map(&mut day).collect())
        .collect();
    let turn = |label: &str, to: Option<Month>| {
        let to = to?.to_string();
        let href = paths::with_query(paths::CALENDAR, &[("month", &to)]);
        Some(Link::new(label, href))
    };
    let view = MonthView {
        previous: turn("Previous month", month.previous()),
        next: turn("Next month", month.next()),
        weekdays: WEEKDAYS,
        weeks,
        empty,
    };
    Ok(CalendarPage {
        heading: dates::month(month.year(), month.month(), "en"),
        month: Some(view),
        more: more.then_some(MOST),
        ..facts.page(tx, false)?
    })
}

/// From the first moment of the first day until the last one of the last day.
fn span_of(weeks: &[Vec<Day>], room: &Frame) -> Option<Span> {
    let first = weeks.first()?.first()?;
    let last = weeks.last()?.last()?;
    let bounds = |day: &Day| dates::day_bounds(&day.to_string(), &room.room.zone);
    let (from, _) = bounds(first)?;
    Some(Span {
        instants: (from, bounds(last).map(|(_, until)| until)),
        days: (Some(*first), Some(*last)),
        most: MOST,
    })
}

/// What is overdue, and then every day on which something happens.
pub(super) fn list_page(tx: &mut ReadTx<'_>, visit: &Visit) -> Result<CalendarPage, Problem> {
    let facts = Facts::of(tx, visit)?;
    let span = Span {
        instants: (visit.now, None),
        days: (None, None),
        most: MOST,
    };
    let entries = agenda::entries(tx, span, facts.asking())?;
    let more = is_cut(&entries);
    let is_overdue = |entry: &Entry| matches!(entry.when, When::Due(day) if day < facts.today);
    let (overdue, coming): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(is_overdue);
    let mut days = Vec::new();
    if !overdue.is_empty() {
        days.push(overdue_view(&facts, overdue));
    }
    for (day, entries) in facts.by_days(coming) {
        days.push(day_view(day, facts.today, (None, entries)));
    }
    Ok(CalendarPage {
        days,
        more: more.then_some(MOST),
        ..facts.page(tx, true)?
    })
}

fn overdue_view(facts: &Facts<'_>, overdue: Vec<Entry>) -> DayView {
    let entries = overdue.into_iter().map(|entry| EntryView {
        time: match entry.when {
            When::Due(day) => Some(dates::staff_day(day.date())),
            When::Begins(..) => None,
        },
        ..facts.entry(entry)
    });
    DayView {
        heading: "Overdue".to_owned(),
        date: None,
        number: 0,
        look: "overdue".to_owned(),
        today: false,
        entries: entries.collect(),
    }
}

fn is_cut(entries: &[Entry]) -> bool {
    let begins = |entry: &&Entry| matches!(entry.when, When::Begins(..));
    let begins = entries.iter().filter(begins).count();
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    begins >= most || entries.len() - begins >= most
}

fn day_view(day: Day, today: Day, (month, entries): (Option<Month>, Vec<EntryView>)) -> DayView {
    let date = day.date();
    let elsewhere = month.is_some_and(|month| !month.holds(day));
    let looks = [
        (day == today, "today"),
        (day < today, "past"),
        (elsewhere, "elsewhere"),
        (entries.is_empty(), "free"),
    ];
    let looks: Vec<&str> = looks
        .into_iter()
        .filter_map(|(is, look)| is.then_some(look))
        .collect();
    DayView {
        heading: date.strftime("%A %-d %B %Y").to_string(),
        date: Some(dates::staff_day(date)),
        number: date.day(),
        look: looks.join(" "),
        today: day == today,
        entries,
    }
}

//! Figures as Markdown whose columns also stand straight in a terminal.

use std::collections::HashMap;

use super::load::{Figures, Spread};

/// The columns of [`row`].
pub const HEAD: [&str; 7] = [
    "Request",
    "connections",
    "requests/s",
    "p50 ms",
    "p99 ms",
    "server CPU ms/request",
    "bytes",
];

/// One table with its words.
#[derive(Clone, Debug)]
pub struct Section {
    /// The heading.
    pub title: &'static str,
    /// The columns' names.
    pub head: Vec<&'static str>,
    /// The rows; each as long as the head.
    pub rows: Vec<Vec<String>>,
    /// What a reader needs to know; may be empty.
    pub note: String,
}

/// Loads in the columns of [`HEAD`].
pub fn loads(title: &'static str, figures: &[Figures], note: String) -> Section {
    Section {
        title,
        head: HEAD.to_vec(),
        rows: figures.iter().map(row).collect(),
        note,
    }
}

/// The same with what each costs the database, where it was counted.
pub fn pages(title: &'static str, figures: &[Figures], statements: &HashMap<String, u64>, note: String) -> Section {
    let mut section = loads(title, figures, note);
    section.head.push("SQL statements");
    for (row, figures) in section.rows.iter_mut().zip(figures) {
        let counted = statements.get(&figures.name);
        row.push(counted.map_or_else(|| "–".to_owned(), u64::to_string));
    }
    section
}

/// How much of the processor the load took, as a sentence; on two cores it competes with the server.
pub fn client(figures: &[Figures]) -> String {
    let costs = figures.iter().filter_map(|figures| Some(figures.client_cpu?.median));
    match Spread::of(costs) {
        Some(cost) => format!(
            " The load itself took {} to {} ms of processor time for each request.",
            millis(cost.least),
            millis(cost.most)
        ),
        None => String::new(),
    }
}

/// A load's figures in the columns of [`HEAD`].
pub fn row(figures: &Figures) -> Vec<String> {
    vec![
        format!("`{}`", figures.name),
        figures.connections.to_string(),
        spread(figures.rate, rate),
        spread(figures.p50, millis),
        spread(figures.p99, millis),
        figures
            .cpu
            .map_or_else(|| "unknown".to_owned(), |cpu| spread(cpu, millis)),
        figures.bytes.to_string(),
    ]
}

/// The median, and between which values it lies.
pub fn spread(of: Spread, show: fn(f64) -> String) -> String {
    format!("{} ({} to {})", show(of.median), show(of.least), show(of.most))
}

/// Something a second.
pub fn rate(rate: f64) -> String {
    if rate < 100.0 {
        format!("{rate:.1}")
    } else {
        format!("{rate:.0}")
    }
}

/// Seconds as milliseconds.
pub fn millis(seconds: f64) -> String {
    format!("{:.2}", seconds * 1000.0)
}

/// Seconds as they are.
pub fn seconds(seconds: f64) -> String {
    format!("{seconds:.2}")
}

/// Bytes in megabytes of 1 000 000 bytes.
pub fn megabytes(bytes: u64) -> String {
    let tenths = bytes / 100_000;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

/// Bytes in kilobytes of 1000 bytes.
pub fn kilobytes(bytes: u64) -> String {
    format!("{}.{}", bytes / 1000, bytes % 1000 / 100)
}

/// All sections.
pub fn document(sections: &[Section]) -> String {
    let sections: Vec<_> = sections.iter().map(section).collect();
    format!("# Benchmark\n\n{}", sections.join("\n"))
}

fn section(section: &Section) -> String {
    let head = section.head.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    let width = |column: usize| {
        let cells = section.rows.iter().filter_map(|row| row.get(column));
        let widths = cells.chain(head.get(column)).map(|cell| cell.chars().count());
        widths.max().unwrap_or_default()
    };
    let widths: Vec<_> = (0..head.len()).map(width).collect();
    // The first column are names, the others numbers.
    let rule = widths.iter().enumerate().map(|(column, &width)| match column {
        0 => "-".repeat(width),
        _ => format!("{}:", "-".repeat(width.saturating_sub(1))),
    });
    let mut lines = vec![format!("## {}", section.title), String::new()];
    lines.push(line(&head, &widths));
    lines.push(line(&rule.collect::<Vec<_>>(), &widths));
    lines.extend(section.rows.iter().map(|row| line(row, &widths)));
    if !section.note.is_empty() {
        lines.extend([String::new(), section.note.clone()]);
    }
    lines.push(String::new());
    lines.join("\n")
}

fn line(cells: &[String], widths: &[usize]) -> String {
    let cells = cells.iter().zip(widths).enumerate().map(|(column, (cell, &width))| {
        if column == 0 {
            format!("{cell:<width$}")
        } else {
            format!("{cell:>width$}")
        }
    });
    format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
}

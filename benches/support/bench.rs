//! All measurements in their order: what only reads first, what leaves work behind last.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use rekey::server::clock::Clock;
use rekey::server::mail::recorder::Recorder;

use super::actions::{self, Action};
use super::choice::Choice;
use super::database::Database;
use super::disk::{self, Disk};
use super::load::{Asks, Figures, Load};
use super::pages::{self, Page};
use super::pools::Pools;
use super::report::{self, Section};
use super::seed::{self, PASSWORD, Town};
use super::server::Server;
use super::statements::Counting;
use super::{Outcome, follow, hashing, in_front, mail, many, memory, nodelay, queue, sizes, stopwatch, storm};

/// Mails that wait before a press.
const WAITING: usize = 1000;

/// What the measurements share.
pub struct Bench<'a> {
    /// Of one run.
    pub length: Duration,
    /// Of each kind.
    pub runs: usize,
    /// Which parts.
    pub choice: Choice,
    /// Who is in the database.
    pub town: &'a Town,
    /// Who is used for what.
    pub pools: Pools<'a>,
    /// Seeded.
    pub database: Database,
    /// The mail server.
    pub recorder: Recorder,
    /// The machine's.
    pub clock: Clock,
    /// The server's, on the disk that is measured.
    pub folder: &'a Path,
}

/// What came out.
pub struct Measured {
    /// In the order of the report.
    pub sections: Vec<Section>,
    /// What must hold and does not.
    pub broken: Vec<String>,
}

impl Bench<'_> {
    /// Everything that was chosen.
    pub async fn all(&self, executable: &Path, target: &Path) -> Outcome<Measured> {
        let seen = self.chosen(pages::pages(self.town, &self.pools));
        let data = self.chosen(pages::data(self.town, &self.pools));
        let statements = self.count_statements(seen.iter().chain(&data)).await?;
        let server = Server::start(executable, self.folder, &self.database.url, self.recorder.address()).await?;
        let at_rest = memory::after_a_rest(&server).await;
        // Everything else is done with sessions that were seeded; this shows that people get one.
        server.sign_in(&self.town.administrator.email, PASSWORD).await?;

        let (mut sections, figures): (Vec<_>, Vec<_>) =
            self.pages(&server, seen, data, &statements).await?.into_iter().unzip();
        let measured = figures.concat();
        sections.extend(self.in_front(&server).await?);
        sections.extend(self.open_pages(&server).await?);
        sections.extend(self.presses(&server).await?);
        sections.extend(self.hashing(&server).await?);
        let mut writing = self.act(&server, actions::writing(self.town, &self.pools)).await?;
        writing.extend(self.act(&server, actions::mailing(self.town, &self.pools)).await?);
        let throughput = self.throughput(&server).await?;
        let nodelay = self.nodelay(&server, &measured).await?;
        let disk = self.disk(!writing.is_empty())?;
        writing.extend(self.act(&server, actions::asking(&self.pools)).await?);
        let many = self.many(&server).await?;
        if disk.is_some() || !writing.is_empty() {
            let figures: Vec<_> = writing.into_iter().map(|(figures, _)| figures).collect();
            sections.push(disk::section(&figures, disk.as_ref()));
        }
        sections.extend(throughput);
        sections.extend(nodelay);
        sections.extend(many);
        if self.choice.takes("Memory of the process") {
            sections.push(memory::section(at_rest, memory::after_a_rest(&server).await));
        }
        if self.choice.takes("Sizes") {
            sections.push(sizes::section(executable, target)?);
        }
        // Each of these has servers of its own, with another mail server.
        drop(server);
        sections.extend(self.storm(executable).await?);
        let mut broken = Vec::new();
        if let Some((section, told)) = self.stopwatch(executable).await? {
            sections.push(section);
            broken.extend(told);
        }
        Ok(Measured { sections, broken })
    }

    async fn storm(&self, executable: &Path) -> Outcome<Option<Section>> {
        if !self.choice.takes(storm::TITLE) {
            return Ok(None);
        }
        eprintln!("a thousand ask at once");
        Ok(Some(storm::measure(self, executable).await?))
    }

    async fn stopwatch(&self, executable: &Path) -> Outcome<Option<(Section, Vec<String>)>> {
        if !self.choice.takes(stopwatch::TITLE) {
            return Ok(None);
        }
        Ok(Some(stopwatch::measure(self, executable).await?))
    }

    fn chosen(&self, mut pages: Vec<Page>) -> Vec<Page> {
        pages.retain(|page| self.choice.takes(&page.name));
        pages
    }

    async fn count_statements(&self, pages: impl Iterator<Item = &Page>) -> Outcome<HashMap<String, u64>> {
        eprintln!("counting statements");
        let counting = Counting::start(&self.database.url, &self.recorder).await?;
        let mut statements = HashMap::new();
        for page in pages {
            if let Some(ask) = page.asks.first() {
                statements.insert(page.name.clone(), counting.count(ask).await?);
            }
        }
        counting.stop().await;
        Ok(statements)
    }

    /// Whole pages, a live page's data, and files: each with its figures.
    async fn pages(
        &self,
        server: &Server,
        seen: Vec<Page>,
        data: Vec<Page>,
        statements: &HashMap<String, u64>,
    ) -> Outcome<Vec<(Section, Vec<Figures>)>> {
        let files = self.chosen(pages::files(server.address()).await?);
        let mut sections = Vec::new();
        for (title, pages, words) in [
            (
                "Pages",
                seen,
                "10 000 people in the company. Median of the runs (lowest to highest). What needs it is opened signed \
                 in, as administrator. The search finds the people called Berg or Öberg.",
            ),
            (
                "A live page's data",
                data,
                "What the live parts of a page ask for: the resets of a person, a list of resets, how long the session lasts.",
            ),
            ("Files and health", files, "The files in Brotli, as browsers take them."),
        ] {
            if pages.is_empty() {
                continue;
            }
            let mut figures = Vec::new();
            for page in pages {
                for &connections in page.connections {
                    let asks = Asks::Again(page.asks.clone().into());
                    figures.push(self.load(server, &page.name, asks, connections).await?);
                }
            }
            let words = format!("{words}{}", report::client(&figures));
            let section = if figures.iter().any(|figures| statements.contains_key(&figures.name)) {
                report::pages(title, &figures, statements, words)
            } else {
                report::loads(title, &figures, words)
            };
            sections.push((section, figures));
        }
        Ok(sections)
    }

    async fn in_front(&self, server: &Server) -> Outcome<Option<Section>> {
        if !self.choice.takes(in_front::TITLE) {
            return Ok(None);
        }
        eprintln!("in front of an application");
        Ok(Some(in_front::measure(self, server).await?))
    }

    async fn open_pages(&self, server: &Server) -> Outcome<Option<Section>> {
        if !self.choice.takes("Open pages") {
            return Ok(None);
        }
        eprintln!("open pages");
        Ok(Some(follow::measure(self, server).await?))
    }

    /// The mails of it go on long afterwards, so this comes last of what is measured at this server.
    async fn many(&self, server: &Server) -> Outcome<Option<Section>> {
        if !self.choice.takes(many::TITLE) {
            return Ok(None);
        }
        eprintln!("many at once");
        Ok(Some(many::measure(self, server).await?))
    }

    /// From the button **Reset password** until the mail server has the mail.
    async fn presses(&self, server: &Server) -> Outcome<Option<Section>> {
        if !self.choice.takes("From the button to the mail") {
            return Ok(None);
        }
        eprintln!("from the button to the mail");
        let asks = self.pools.chosen.iter().map(|person| actions::press(self.town, person));
        let presses = mail::press(server.address(), &self.recorder, asks).await?;
        self.database.until_quiet().await?;
        let queued = self.pools.mailed.get(..WAITING).unwrap_or(self.pools.mailed);
        let last = self.pools.chosen.first().ok_or("nobody is chosen")?;
        self.recorder.clear();
        seed::queue_resets(&self.database.db, &self.clock, self.town, queued).await?;
        let press = actions::press(self.town, last);
        let behind = mail::press_behind(server.address(), &self.recorder, queued.len(), &press).await?;
        self.database.until_quiet().await?;
        Ok(Some(mail::section(&presses, (queued.len(), behind))))
    }

    /// What hashes, beside hashing alone with the same parameters.
    async fn hashing(&self, server: &Server) -> Outcome<Option<Section>> {
        let figures = self.act(server, actions::hashing(&self.pools)).await?;
        if !self.choice.takes("Argon2id alone") && figures.is_empty() {
            return Ok(None);
        }
        eprintln!("hashing alone");
        let bare = hashing::bare(&self.town.phc, PASSWORD, self.length, self.runs)?;
        Ok(Some(hashing::section(&figures, &bare)))
    }

    /// The disk alone, where the database is on it and something that writes stands beside.
    fn disk(&self, is_beside: bool) -> Outcome<Option<Disk>> {
        if !self.database.is_sqlite || !(self.choice.takes("Disk alone") || is_beside) {
            return Ok(None);
        }
        eprintln!("the disk alone");
        Ok(Some(disk::alone(self.folder, self.length, self.runs)?))
    }

    async fn throughput(&self, server: &Server) -> Outcome<Option<Section>> {
        if !self.choice.takes("Mails a second") {
            return Ok(None);
        }
        eprintln!("mails a second");
        let throughput = queue::measure(self, server).await?;
        Ok(Some(queue::section(&throughput)))
    }

    async fn nodelay(&self, server: &Server, measured: &[Figures]) -> Outcome<Option<Section>> {
        if !self.choice.takes("TCP_NODELAY") {
            return Ok(None);
        }
        eprintln!("TCP_NODELAY");
        Ok(Some(nodelay::section(server.address(), measured).await?))
    }

    /// Each with the number of its hashes. No mail of one is under way while the next is measured.
    async fn act(&self, server: &Server, actions: Vec<Action>) -> Outcome<Vec<(Figures, u32)>> {
        let mut figures = Vec::new();
        for action in actions {
            if self.choice.takes(action.name) {
                let measured = self.load(server, action.name, action.asks, action.connections).await?;
                figures.push((measured, action.hashes));
                self.database.until_quiet().await?;
            }
        }
        Ok(figures)
    }

    async fn load(&self, server: &Server, name: &str, asks: Asks, connections: usize) -> Outcome<Figures> {
        self.load_at(server.address(), server, name, asks, connections).await
    }

    /// The same to what stands before the server.
    pub async fn load_at(
        &self,
        address: SocketAddr,
        server: &Server,
        name: &str,
        asks: Asks,
        connections: usize,
    ) -> Outcome<Figures> {
        eprintln!("{name} at {connections}");
        let load = Load {
            asks,
            address,
            connections,
            length: self.length,
            runs: self.runs,
        };
        load.run(name, server).await
    }
}

//! What the application does with its tables.

use std::fmt;

use diesel::prelude::*;
use diesel::result::QueryResult;

use super::database::Database;
use super::schema::{human_input, key_fact, key_snippet, research_note, session, trajectory};

define_sql_function! {
    /// SQLite's word for the key of the row that this connection inserted last.
    fn last_insert_rowid() -> Integer;
}

#[cfg(feature = "postgres")]
define_sql_function! {
    /// PostgreSQL's word for it.
    fn lastval() -> BigInt;
}

/// The memory, behind a connection whose schema is up to date.
pub(crate) struct Memory<'c> {
    connection: &'c mut Database,
}

/// The newest session and what belongs to it, and how many rows there are of each kind.
pub(crate) struct Summary {
    sessions: i64,
    running: i64,
    facts: i64,
    snippets: i64,
    notes: i64,
    steps: i64,
    cost: f32,
    recent: Vec<Recent>,
}

/// A fact, and the request that led to it.
#[derive(Queryable, Selectable)]
#[diesel(table_name = key_fact)]
struct Fact {
    id: i32,
    content: String,
}

struct Recent {
    fact: Fact,
    request: Option<String>,
}

#[derive(Insertable)]
#[diesel(table_name = session)]
struct NewSession<'a> {
    command_line: &'a str,
    program_version: &'a str,
    status: &'a str,
    plan: Option<&'a str>,
}

#[derive(Insertable)]
#[diesel(table_name = trajectory)]
struct NewStep<'a> {
    session_id: i32,
    human_input_id: i32,
    tool_name: &'a str,
    record_type: &'a str,
    current_cost: f32,
    input_tokens: i32,
    output_tokens: i32,
}

impl<'c> Memory<'c> {
    pub(crate) fn new(connection: &'c mut Database) -> Self {
        Self { connection }
    }

    /// Remembers one run: all of it or nothing.
    pub(crate) fn remember(&mut self, request: &str) -> QueryResult<()> {
        self.connection.transaction(|connection| {
            let new = NewSession {
                command_line: request,
                program_version: env!("CARGO_PKG_VERSION"),
                status: "running",
                plan: Some("look, then change one thing"),
            };
            diesel::insert_into(session::table).values(&new).execute(connection)?;
            let session_id = last_key(connection)?;
            diesel::insert_into(human_input::table)
                .values((
                    human_input::content.eq(request),
                    human_input::source.eq("chat"),
                    human_input::session_id.eq(session_id),
                ))
                .execute(connection)?;
            let input_id = last_key(connection)?;
            learn(connection, session_id, input_id)?;
            diesel::update(session::table.find(session_id))
                .set(session::status.eq("completed"))
                .execute(connection)?;
            Ok(())
        })
    }

    /// What is known.
    pub(crate) fn summary(&mut self) -> QueryResult<Summary> {
        let connection = &mut *self.connection;
        let recent = key_fact::table
            .left_join(human_input::table)
            .order(key_fact::id.desc())
            .limit(3)
            .select((Fact::as_select(), human_input::content.nullable()))
            .load::<(Fact, Option<String>)>(connection)?;
        let running = session::table.filter(session::status.eq("running"));
        let cost: Option<f32> = trajectory::table
            .select(diesel::dsl::sum(trajectory::current_cost))
            .get_result(connection)?;
        Ok(Summary {
            sessions: session::table.count().get_result(connection)?,
            running: running.count().get_result(connection)?,
            facts: key_fact::table.count().get_result(connection)?,
            snippets: key_snippet::table.count().get_result(connection)?,
            notes: research_note::table.count().get_result(connection)?,
            steps: trajectory::table.count().get_result(connection)?,
            cost: cost.unwrap_or_default(),
            recent: recent.into_iter().map(|(fact, request)| Recent { fact, request }).collect(),
        })
    }
}

/// The key of the row that was inserted last: `RETURNING` is no common ground of the two.
fn last_key(database: &mut Database) -> QueryResult<i32> {
    match database {
        Database::Sqlite(connection) => diesel::select(last_insert_rowid()).get_result(connection),
        #[cfg(feature = "postgres")]
        Database::Postgres(connection) => {
            let key: i64 = diesel::select(lastval()).get_result(connection)?;
            i32::try_from(key)
                .map_err(|error| diesel::result::Error::DeserializationError(error.into()))
        }
    }
}

/// What the agent found out.
fn learn(connection: &mut Database, session_id: i32, input_id: i32) -> QueryResult<()> {
    diesel::insert_into(key_fact::table)
        .values((
            key_fact::content.eq("the linker ran out of memory"),
            key_fact::human_input_id.eq(input_id),
            key_fact::session_id.eq(session_id),
        ))
        .execute(connection)?;
    diesel::insert_into(key_snippet::table)
        .values((
            key_snippet::filepath.eq("Cargo.toml"),
            key_snippet::line_number.eq(12),
            key_snippet::snippet.eq("[profile.dev]"),
            key_snippet::human_input_id.eq(input_id),
            key_snippet::session_id.eq(session_id),
        ))
        .execute(connection)?;
    diesel::insert_into(research_note::table)
        .values((
            research_note::content.eq("debug information takes most of the memory"),
            research_note::human_input_id.eq(input_id),
            research_note::session_id.eq(session_id),
        ))
        .execute(connection)?;
    let step = NewStep {
        session_id,
        human_input_id: input_id,
        tool_name: "cargo build",
        record_type: "tool_execution",
        current_cost: 0.25,
        input_tokens: 1200,
        output_tokens: 80,
    };
    diesel::insert_into(trajectory::table).values(&step).execute(connection)?;
    Ok(())
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sessions, running, facts, snippets, notes, steps, cost, recent } = self;
        writeln!(f, "{sessions} sessions ({running} running), {steps} steps for {cost:.2}")?;
        writeln!(f, "{facts} facts, {snippets} snippets, {notes} notes; the latest facts:")?;
        for Recent { fact: Fact { id, content }, request } in recent {
            let request = request.as_deref().unwrap_or("nobody asked");
            writeln!(f, "  {id}. {content} ({request})")?;
        }
        Ok(())
    }
}

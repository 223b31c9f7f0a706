//! A random schema, in a form of its own: neither glowplug's model nor SQL, so that the two can be
//! written from it without one seeing the other.

/// Tables, and objects around them that no model names.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Shape {
    pub(crate) tables: Vec<Table>,
    /// SQL of triggers, views and tables outside the models.
    pub(crate) around: Vec<String>,
    /// The tables (by `id`) that `around` mentions.
    pub(crate) mentioned: Vec<usize>,
    next: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    /// The same before and after, whatever its name.
    pub(crate) id: usize,
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
    /// The columns of the key, by id, in order.
    pub(crate) key: Vec<usize>,
    pub(crate) key_form: KeyForm,
    pub(crate) key_options: KeyOptions,
    pub(crate) uniques: Vec<Unique>,
    pub(crate) checks: Vec<Check>,
    pub(crate) references: Vec<Reference>,
    pub(crate) indexes: Vec<Index>,
    pub(crate) strict: bool,
    pub(crate) without_rowid: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyForm {
    Rowid,
    Autoincrement,
    Plain,
    /// No key at all.
    None,
}

/// What is said of a key or a unique constraint besides its columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct KeyOptions {
    pub(crate) conflict: Option<&'static str>,
    /// Whether each column descends, and its collation; columns beyond the end have neither.
    pub(crate) parts: Vec<(bool, Option<&'static str>)>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Column {
    pub(crate) id: usize,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) nullable: bool,
    pub(crate) default: Option<String>,
    /// The column whose length this one is, and whether it is stored.
    pub(crate) generated: Option<(usize, bool)>,
    pub(crate) collation: Option<&'static str>,
    /// The name of NOT NULL, and its conflict clause.
    pub(crate) not_null: (Option<String>, Option<&'static str>),
    /// The names of DEFAULT, COLLATE and GENERATED.
    pub(crate) names: [Option<String>; 3],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Integer,
    Small,
    Big,
    Bool,
    Text,
    /// Text that holds digits only.
    Digits,
    Varchar,
    Real,
    Blob,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Unique {
    pub(crate) name: Option<String>,
    pub(crate) columns: Vec<usize>,
    pub(crate) options: KeyOptions,
}

/// A condition that every value fulfils.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Check {
    pub(crate) name: Option<String>,
    pub(crate) column: usize,
    pub(crate) form: usize,
    pub(crate) conflict: Option<&'static str>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reference {
    pub(crate) name: Option<String>,
    pub(crate) columns: Vec<usize>,
    /// The table referred to, by id; always its whole key.
    pub(crate) table: usize,
    pub(crate) on_delete: &'static str,
    pub(crate) on_update: &'static str,
    /// Not, immediate, deferred.
    pub(crate) deferrable: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Index {
    pub(crate) name: String,
    pub(crate) unique: bool,
    pub(crate) parts: Vec<Part>,
    /// `… IS NOT NULL` of this column.
    pub(crate) predicate: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Part {
    Column { id: usize, descending: bool, nocase: bool },
    Lower(usize),
}

impl Kind {
    pub(crate) const ALL: [Self; 9] = [
        Self::Integer,
        Self::Small,
        Self::Big,
        Self::Bool,
        Self::Text,
        Self::Digits,
        Self::Varchar,
        Self::Real,
        Self::Blob,
    ];

    /// The declared type; STRICT knows four.
    pub(crate) fn native(self, strict: bool) -> &'static str {
        match (self, strict) {
            (Self::Integer, _) | (Self::Small | Self::Big | Self::Bool, true) => "INTEGER",
            (Self::Small, false) => "SMALLINT",
            (Self::Big, false) => "BIGINT",
            (Self::Bool, false) => "BOOLEAN",
            (Self::Text | Self::Digits, _) | (Self::Varchar, true) => "TEXT",
            (Self::Varchar, false) => "VARCHAR(40)",
            (Self::Real, _) => "REAL",
            (Self::Blob, _) => "BLOB",
        }
    }

    pub(crate) fn diesel(self) -> &'static str {
        match self {
            Self::Integer => "Integer",
            Self::Small => "SmallInt",
            Self::Big => "BigInt",
            Self::Bool => "Bool",
            Self::Text | Self::Digits => "Text",
            Self::Varchar => "Varchar",
            Self::Real => "Double",
            Self::Blob => "Binary",
        }
    }

    pub(crate) fn is_integer(self) -> bool {
        matches!(self, Self::Integer | Self::Small | Self::Big)
    }

    pub(crate) fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Digits | Self::Varchar)
    }

    /// Whether two rows never share a value.
    pub(crate) fn is_distinct(self) -> bool {
        self != Self::Bool
    }
}

impl Table {
    pub(crate) fn column(&self, id: usize) -> &Column {
        self.columns.iter().find(|c| c.id == id).expect("ids are right")
    }

    pub(crate) fn column_mut(&mut self, id: usize) -> &mut Column {
        self.columns.iter_mut().find(|c| c.id == id).expect("ids are right")
    }

    pub(crate) fn is_key(&self, id: usize) -> bool {
        self.key.contains(&id)
    }

    /// The reference that a column belongs to, and its place in it.
    pub(crate) fn reference_of(&self, id: usize) -> Option<(&Reference, usize)> {
        self.references.iter().find_map(|r| Some((r, r.columns.iter().position(|c| *c == id)?)))
    }

    /// Columns that may be constrained to be distinct.
    pub(crate) fn distinct(&self) -> Vec<usize> {
        let columns = self.columns.iter().filter(|c| c.kind.is_distinct() && c.generated.is_none());
        columns.map(|c| c.id).collect()
    }

    /// Adds a check that says something new: the models refuse the same one twice.
    pub(crate) fn add_check(&mut self, check: Check) {
        let known = self.checks.iter().any(|c| c.column == check.column && c.form == check.form);
        if !known {
            self.checks.push(check);
        }
    }
}

impl KeyOptions {
    pub(crate) fn part(&self, at: usize) -> (bool, Option<&'static str>) {
        self.parts.get(at).copied().unwrap_or_default()
    }
}

impl Index {
    pub(crate) fn names(&self, id: usize) -> bool {
        self.predicate == Some(id)
            || self.parts.iter().any(|part| match part {
                Part::Column { id: column, .. } | Part::Lower(column) => *column == id,
            })
    }
}

impl Shape {
    /// A number that nothing else bears.
    pub(crate) fn fresh(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    pub(crate) fn table(&self, id: usize) -> &Table {
        self.tables.iter().find(|t| t.id == id).expect("ids are right")
    }

    /// Whether a foreign key, of the models or around them, needs this table as it is.
    pub(crate) fn is_needed(&self, id: usize) -> bool {
        self.mentioned.contains(&id)
            || self.tables.iter().any(|t| t.references.iter().any(|r| r.table == id))
    }
}

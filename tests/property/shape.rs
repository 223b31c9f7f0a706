//! A random schema, in a form of its own: neither glowplug's model nor SQL, so that the two can be
//! written from it without one seeing the other.

/// Tables, and objects around them that no model names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    pub tables: Vec<Table>,
    /// SQL of triggers, views and tables outside the models.
    pub around: Vec<String>,
    /// The tables (by `id`) that `around` mentions.
    pub mentioned: Vec<usize>,
    next: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The same before and after, whatever its name.
    pub id: usize,
    pub name: String,
    pub columns: Vec<Column>,
    /// The columns of the key, by id, in order.
    pub key: Vec<usize>,
    pub key_form: KeyForm,
    pub uniques: Vec<Unique>,
    pub checks: Vec<Check>,
    pub references: Vec<Reference>,
    pub indexes: Vec<Index>,
    pub strict: bool,
    pub without_rowid: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyForm {
    Rowid,
    Autoincrement,
    Plain,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub id: usize,
    pub name: String,
    pub kind: Kind,
    pub nullable: bool,
    pub default: Option<String>,
    /// The column whose length this one is, and whether it is stored.
    pub generated: Option<(usize, bool)>,
    pub collation: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
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
pub struct Unique {
    pub name: Option<String>,
    pub columns: Vec<usize>,
}

/// A condition that every value fulfils.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    pub name: Option<String>,
    pub column: usize,
    pub form: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    pub name: Option<String>,
    pub columns: Vec<usize>,
    /// The table referred to, by id; always its whole key.
    pub table: usize,
    pub on_delete: &'static str,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    pub name: String,
    pub unique: bool,
    pub parts: Vec<Part>,
    /// `… IS NOT NULL` of this column.
    pub predicate: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part {
    Column { id: usize, descending: bool, nocase: bool },
    Lower(usize),
}

impl Kind {
    pub const ALL: [Self; 9] = [
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
    pub fn native(self, strict: bool) -> &'static str {
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

    pub fn diesel(self) -> &'static str {
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

    pub fn is_integer(self) -> bool {
        matches!(self, Self::Integer | Self::Small | Self::Big)
    }

    pub fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Digits | Self::Varchar)
    }

    /// Whether two rows never share a value.
    pub fn is_distinct(self) -> bool {
        self != Self::Bool
    }
}

impl Table {
    pub fn column(&self, id: usize) -> &Column {
        self.columns.iter().find(|c| c.id == id).expect("ids are right")
    }

    pub fn column_mut(&mut self, id: usize) -> &mut Column {
        self.columns.iter_mut().find(|c| c.id == id).expect("ids are right")
    }

    pub fn is_key(&self, id: usize) -> bool {
        self.key.contains(&id)
    }

    /// The reference that a column belongs to, and its place in it.
    pub fn reference_of(&self, id: usize) -> Option<(&Reference, usize)> {
        self.references.iter().find_map(|r| Some((r, r.columns.iter().position(|c| *c == id)?)))
    }

    /// Columns that may be constrained to be distinct.
    pub fn distinct(&self) -> Vec<usize> {
        let columns = self.columns.iter().filter(|c| c.kind.is_distinct() && c.generated.is_none());
        columns.map(|c| c.id).collect()
    }

    /// Adds a check that says something new: the models refuse the same one twice.
    pub fn add_check(&mut self, check: Check) {
        let known = self.checks.iter().any(|c| c.column == check.column && c.form == check.form);
        if !known {
            self.checks.push(check);
        }
    }

    /// Whether anything besides the column itself names it.
    pub fn is_used(&self, id: usize) -> bool {
        self.is_key(id)
            || self.uniques.iter().any(|u| u.columns.contains(&id))
            || self.checks.iter().any(|c| c.column == id)
            || self.references.iter().any(|r| r.columns.contains(&id))
            || self.indexes.iter().any(|i| i.names(id))
            || self.columns.iter().any(|c| c.generated.is_some_and(|(source, _)| source == id))
    }
}

impl Index {
    pub fn names(&self, id: usize) -> bool {
        self.predicate == Some(id)
            || self.parts.iter().any(|part| match part {
                Part::Column { id: column, .. } | Part::Lower(column) => *column == id,
            })
    }
}

impl Shape {
    /// A number that nothing else bears.
    pub fn fresh(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    pub fn table(&self, id: usize) -> &Table {
        self.tables.iter().find(|t| t.id == id).expect("ids are right")
    }

    /// Whether a foreign key, of the models or around them, needs this table as it is.
    pub fn is_needed(&self, id: usize) -> bool {
        self.mentioned.contains(&id)
            || self
                .tables
                .iter()
                .any(|t| t.references.iter().any(|r| r.table == id))
    }
}

//! `Record<…>` as the type of a column: the composite type that holds it.
//!
//! Names and attributes are those that Diesel CLI gives (`--diff-schema`, 2.3), so that both programs
//! come to one database: a column `place` gets `"PLACE_RECORD"` of `"FIELD_0"`, `"FIELD_1"` …, and a
//! record in its first part `"PLACE_RECORD_FIELD_0_RECORD"`.

use std::collections::{BTreeMap, BTreeSet};

use super::normalize::MAX_NAME;
use super::spelling::Spelling;
use super::types;
use crate::backend::Refusal;
use crate::model::{Definition, DefinitionBody, DieselType, QualifiedName, Schema, SqlType};

/// The models with a native type for each column that holds a record and states none, and with the
/// composite types behind them. `None` where no column needs one.
pub(super) fn with_types(
    models: &Schema,
    database: &Schema,
) -> Result<Option<Schema>, Vec<Refusal>> {
    let needs = |of: &SqlType| of.native.is_none() && of.diesel.as_ref().is_some_and(has_record);
    let needed: Vec<_> = models
        .tables
        .values()
        .filter(|table| !table.is_view && !database.views.contains_key(&table.name))
        .flat_map(|table| table.columns.iter().map(|column| (&table.name, column)))
        .filter_map(|(table, column)| {
            let diesel = column.sql_type.diesel.as_ref().filter(|_| needs(&column.sql_type))?;
            Some((table, column.name.as_str(), diesel))
        })
        .collect();
    if needed.is_empty() {
        return Ok(None);
    }
    let mut types = Types { schema: models.clone(), database, made: BTreeMap::new() };
    let mut refusals = Vec::new();
    for (table, column, diesel) in needed {
        match types.of_column(table, column, diesel) {
            Ok(native) => types.state(table, column, native),
            Err(reason) => refusals.push(
                Refusal::new(format!("column `{table}.{column}`"), reason).hint(format!(
                    "say the type in ddl!: composite NAME {{ … }}, and {column}: type \"NAME\";"
                )),
            ),
        }
    }
    if refusals.is_empty() { Ok(Some(types.schema)) } else { Err(refusals) }
}

fn has_record(diesel: &DieselType) -> bool {
    !diesel.custom && diesel.name == "Record" || diesel.arguments.iter().any(has_record)
}

struct Types<'a> {
    /// The models, with what was found and made so far.
    schema: Schema,
    database: &'a Schema,
    /// The types that no one has yet, each with the column that it is for.
    made: BTreeMap<String, String>,
}

/// The column that a type is for.
struct For<'a> {
    title: &'a str,
    /// The types that it stands on now: they may change with it.
    own: &'a BTreeSet<QualifiedName>,
}

impl Types<'_> {
    fn of_column(
        &mut self,
        table: &QualifiedName,
        column: &str,
        diesel: &DieselType,
    ) -> Result<String, String> {
        let old = self.database.tables.get(table).and_then(|table| table.column(column));
        let mut own = BTreeSet::new();
        if let Some(old) = old.and_then(|old| old.sql_type.native.as_deref()) {
            self.consists_of(old, &mut own);
            if self.holds(diesel, old) {
                self.keep(&own);
                return Ok(old.to_owned());
            }
        }
        let title = format!("`{table}.{column}`");
        self.native(diesel, &column.to_uppercase(), &For { title: &title, own: &own })
    }

    fn state(&mut self, table: &QualifiedName, column: &str, native: String) {
        let table = self.schema.tables.get_mut(table);
        let mut columns = table.into_iter().flat_map(|table| &mut table.columns);
        if let Some(column) = columns.find(|it| it.name == column) {
            column.sql_type.native = Some(native);
        }
    }

    /// The native type, which is made where it is not there.
    fn native(
        &mut self,
        diesel: &DieselType,
        prefix: &str,
        user: &For<'_>,
    ) -> Result<String, String> {
        match (diesel.name.as_str(), diesel.arguments.as_slice()) {
            ("Nullable", [inner]) => self.native(inner, prefix, user),
            ("Array", [element]) => Ok(types::array_of(self.native(element, prefix, user)?)),
            ("Record", parts) => self.record(parts, prefix, user),
            _ => types::native_of(diesel, None, &self.schema)
                .ok_or_else(|| format!("PostgreSQL has no type that is known for `{diesel}`")),
        }
    }

    fn record(
        &mut self,
        parts: &[DieselType],
        prefix: &str,
        user: &For<'_>,
    ) -> Result<String, String> {
        let name = QualifiedName::new(format!("{prefix}_RECORD"));
        if name.name.len() > MAX_NAME {
            return Err(format!(
                "the composite type of its record would be `{name}`, and PostgreSQL keeps \
                 {MAX_NAME} bytes of a name"
            ));
        }
        let spelling = types::enum_spelling(&name);
        if let Some(attributes) = self.there(&name, user)? {
            return match (self.fit(parts, &attributes), self.made.get(&name.name)) {
                (true, _) => {
                    let mut types = BTreeSet::new();
                    self.consists_of(&spelling, &mut types);
                    self.keep(&types);
                    Ok(spelling)
                }
                (false, Some(other)) => Err(format!(
                    "its record and that of {other} each need a composite type `{name}`, but of \
                     other parts"
                )),
                (false, None) => Err(format!(
                    "its record needs a composite type `{name}`: there is one of other parts"
                )),
            };
        }
        self.made.insert(name.name.clone(), user.title.to_owned());
        let mut attributes = Vec::with_capacity(parts.len());
        for (at, part) in parts.iter().enumerate() {
            let prefix = format!("{name}_FIELD_{at}");
            attributes.push((format!("FIELD_{at}"), self.native(part, &prefix, user)?));
        }
        let body = DefinitionBody::Composite { attributes };
        let old = self.database.definitions.iter().find(|it| it.name == name);
        let comment = old.and_then(|old| old.comment.clone());
        self.schema.definitions.push(Definition { name, body, comment });
        Ok(spelling)
    }

    /// The attributes of the composite type of this name. Nothing else can have the name: composite
    /// types share theirs with tables and with all other types.
    fn there(
        &self,
        name: &QualifiedName,
        user: &For<'_>,
    ) -> Result<Option<Vec<(String, String)>>, String> {
        let mut found = None;
        for side in [self.database, &self.schema] {
            let other = match side.definitions.iter().find(|it| it.name == *name) {
                Some(Definition { body: DefinitionBody::Composite { attributes }, .. }) => {
                    let is_its_own = std::ptr::eq(side, self.database) && user.own.contains(name);
                    found = if is_its_own { None } else { Some(attributes.clone()) };
                    continue;
                }
                Some(definition) => Some(definition.kind().word()),
                None if side.tables.contains_key(name) => Some("table"),
                None if side.views.contains_key(name) => Some("view"),
                None if side.enums.contains_key(name) => Some("enum"),
                None => None,
            };
            if let Some(kind) = other {
                return Err(format!(
                    "its record needs a composite type `{name}`: there is a {kind} of this name"
                ));
            }
        }
        Ok(found)
    }

    /// Whether Diesel loads a value of the native type as this.
    fn holds(&self, diesel: &DieselType, native: &str) -> bool {
        let native = Spelling::read(self.database.base_of(native));
        match (diesel.name.as_str(), diesel.arguments.as_slice()) {
            ("Nullable", [inner]) => self.holds(inner, &native.to_string()),
            ("Array", [element]) => {
                native.array && self.holds(innermost(element), &native.element().to_string())
            }
            ("Record", parts) if !native.array => self
                .composite(&native.to_string())
                .is_some_and(|(_, attributes)| self.fit(parts, attributes)),
            _ => types::loads(diesel, &native.to_string()),
        }
    }

    /// Diesel reads the parts of a record in their order, whatever their names.
    fn fit(&self, parts: &[DieselType], attributes: &[(String, String)]) -> bool {
        parts.len() == attributes.len()
            && parts.iter().zip(attributes).all(|(part, (_, native))| {
                self.holds(part, native.split_once(" collate ").map_or(native, |(it, _)| it))
            })
    }

    /// The composite type that is so spelt: what the models say of it goes first.
    fn composite(&self, native: &str) -> Option<(&QualifiedName, &[(String, String)])> {
        let sides = [&self.schema, self.database];
        sides.into_iter().flat_map(|side| &side.definitions).find_map(|it| match &it.body {
            DefinitionBody::Composite { attributes } if it.name.is_spelt(native) => {
                Some((&it.name, attributes.as_slice()))
            }
            _ => None,
        })
    }

    /// The composite types of the database that a value of the native type consists of.
    fn consists_of(&self, native: &str, found: &mut BTreeSet<QualifiedName>) {
        let element = Spelling::read(self.database.base_of(native)).element().to_string();
        let definitions = &self.database.definitions;
        for it in definitions.iter().filter(|it| it.name.is_spelt(&element)) {
            let DefinitionBody::Composite { attributes } = &it.body else { continue };
            if found.insert(it.name.clone()) {
                attributes.iter().for_each(|(_, native)| self.consists_of(native, found));
            }
        }
    }

    /// A model is of these types: they stay as they are, unless the models say them.
    fn keep(&mut self, names: &BTreeSet<QualifiedName>) {
        for it in self.database.definitions.iter().filter(|it| names.contains(&it.name)) {
            if self.schema.definition(it).is_none() {
                self.schema.definitions.push(it.clone());
            }
        }
    }
}

/// An array of arrays is an array to PostgreSQL, and its elements may be NULL.
fn innermost(element: &DieselType) -> &DieselType {
    match (element.name.as_str(), element.arguments.as_slice()) {
        ("Nullable" | "Array", [inner]) => innermost(inner),
        _ => element,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Column, Table};

    fn of(name: &str, arguments: Vec<DieselType>) -> DieselType {
        DieselType { arguments, ..DieselType::new(name) }
    }

    fn record(parts: &[&str]) -> DieselType {
        of("Record", parts.iter().map(|part| DieselType::new(*part)).collect())
    }

    /// Tables of one column each, `t0`, `t1` ….
    fn schema(columns: &[(&str, SqlType)]) -> Schema {
        let mut schema = Schema::default();
        for (at, (name, sql_type)) in columns.iter().enumerate() {
            let mut table = Table::new(format!("t{at}").as_str());
            table.columns = vec![Column::new(*name, sql_type.clone())];
            schema.insert_table(table);
        }
        schema
    }

    fn diesel(diesel: DieselType) -> SqlType {
        SqlType { diesel: Some(diesel), ..SqlType::default() }
    }

    fn composite(name: &str, attributes: &[(&str, &str)]) -> Definition {
        let attributes = attributes.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect();
        let body = DefinitionBody::Composite { attributes };
        Definition { name: name.into(), body, comment: None }
    }

    fn native(schema: &Schema, table: &str) -> Option<String> {
        schema.tables[&table.into()].columns[0].sql_type.native.clone()
    }

    #[test]
    fn a_record_is_a_composite_type_under_the_names_of_diesel_cli() {
        let inner = of("Array", vec![record(&["Integer", "Text"])]);
        let outer = of("Record", vec![inner, DieselType::new("Bool")]);
        let models = schema(&[("way", diesel(of("Array", vec![outer])))]);
        let typed = with_types(&models, &Schema::default()).expect("no refusal").expect("typed");
        assert_eq!(native(&typed, "t0").as_deref(), Some("\"WAY_RECORD\"[]"));
        let nested = "WAY_RECORD_FIELD_0_RECORD";
        let expected = [
            composite(nested, &[("FIELD_0", "integer"), ("FIELD_1", "text")]),
            composite(
                "WAY_RECORD",
                &[("FIELD_0", &format!("\"{nested}\"[]")), ("FIELD_1", "boolean")],
            ),
        ];
        assert_eq!(typed.definitions, expected);
        // Its own result asks for nothing more.
        assert_eq!(with_types(&models, &typed), Ok(Some(typed.clone())));
        assert_eq!(with_types(&typed, &Schema::default()), Ok(None));
    }

    #[test]
    fn one_name_is_one_type() {
        let pair = || diesel(record(&["Integer", "Text"]));
        let typed = with_types(&schema(&[("a", pair()), ("A", pair())]), &Schema::default());
        assert_eq!(typed.expect("no refusal").expect("typed").definitions.len(), 1);

        let models = schema(&[("a", pair()), ("a", diesel(record(&["Integer"])))]);
        let refusals = with_types(&models, &Schema::default()).expect_err("other parts");
        assert_eq!(refusals.len(), 1);
        assert_eq!(refusals[0].object, "column `t1.a`");
        assert!(refusals[0].reason.contains("`t0.a`"), "{}", refusals[0].reason);

        let long = "a".repeat(57);
        let refused = with_types(&schema(&[(&long, pair())]), &Schema::default());
        assert!(refused.expect_err("64 bytes")[0].reason.contains("63 bytes"));
        assert!(with_types(&schema(&[(&long[1..], pair())]), &Schema::default()).is_ok());
    }

    #[test]
    fn what_is_there_is_used_where_it_fits() {
        let models = schema(&[("a", diesel(record(&["Integer", "Text"])))]);
        let given = |name: &str, second: &str, column: Option<&str>| {
            let columns: Vec<_> = column.map(|it| ("a", SqlType::native(it))).into_iter().collect();
            let mut database = schema(&columns);
            database.definitions = vec![composite(name, &[("x", "integer"), ("y", second)])];
            database
        };
        for (database, expected) in [
            (given("A_RECORD", "character varying(9)", None), "\"A_RECORD\""),
            (given("pair", "text collate \"C\"", Some("pair")), "pair"),
        ] {
            let typed = with_types(&models, &database).expect("no refusal").expect("typed");
            assert_eq!(native(&typed, "t0").as_deref(), Some(expected));
            assert_eq!(typed.definitions, database.definitions, "it stays as it is");
        }
        // The type of another column does not change on the quiet; its own does.
        assert!(with_types(&models, &given("A_RECORD", "boolean", None)).is_err());
        let own = given("A_RECORD", "boolean", Some("\"A_RECORD\""));
        let typed = with_types(&models, &own).expect("no refusal").expect("typed");
        let new = composite("A_RECORD", &[("FIELD_0", "integer"), ("FIELD_1", "text")]);
        assert_eq!(typed.definitions, [new]);

        let mut taken = schema(&[]);
        taken.insert_table(Table::new("A_RECORD"));
        let refused = with_types(&models, &taken).expect_err("a table has the name");
        assert!(refused[0].reason.contains("a table"), "{}", refused[0].reason);
    }
}

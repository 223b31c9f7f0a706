//! Domains, composite and range types, and sequences that no column owns.

use super::{BACKEND, enums, limits, part, types};
use crate::backend::ident::{literal, quote, quote_name};
use crate::backend::postgres::parameters;
use crate::backend::{Refusal, Statement, standard};
use crate::model::{Definition, DefinitionBody, Domain, QualifiedName, Schema};

pub(super) fn create(definition: &Definition) -> Vec<Statement> {
    let name = quote_name(BACKEND, &definition.name);
    let sql = match &definition.body {
        DefinitionBody::Domain(domain) => create_domain(&name, domain),
        DefinitionBody::Composite { attributes } if attributes.is_empty() => {
            format!("CREATE TYPE {name} AS ();")
        }
        DefinitionBody::Composite { attributes } => {
            let parts: Vec<_> = attributes.iter().map(attribute).collect();
            format!("CREATE TYPE {name} AS {};", standard::table_body(&parts))
        }
        DefinitionBody::Range { parameters } => {
            let parts: Vec<_> = parameters::of_range(parameters).collect();
            format!("CREATE TYPE {name} AS RANGE {};", standard::table_body(&parts))
        }
        DefinitionBody::Sequence { parameters } => {
            let clauses = parameters::clauses(parameters, &Default::default());
            format!("CREATE SEQUENCE {name}{};", spread(&clauses))
        }
    };
    let mut statements = vec![Statement::new(format!("The {}.", definition.title()), sql)];
    if let DefinitionBody::Domain(domain) = &definition.body {
        // CREATE DOMAIN takes NOT VALID as valid: there are no values yet.
        let checks = domain.checks.iter().filter(|check| check.options.not_valid);
        statements.extend(checks.map(|check| {
            Statement::new(
                "Values that are there need not fit.",
                format!("ALTER DOMAIN {name} ADD {};", standard::check(BACKEND, check)),
            )
        }));
    }
    statements.extend(definition.comment.is_some().then(|| comment(definition)));
    statements
}

/// The word of its statements.
fn word(definition: &Definition) -> &'static str {
    match &definition.body {
        DefinitionBody::Domain(_) => "DOMAIN",
        DefinitionBody::Composite { .. } | DefinitionBody::Range { .. } => "TYPE",
        DefinitionBody::Sequence { .. } => "SEQUENCE",
    }
}

fn comment(definition: &Definition) -> Statement {
    let text = definition.comment.as_ref();
    let text = text.map_or_else(|| "NULL".to_owned(), |text| literal(BACKEND, text));
    let (word, name) = (word(definition), quote_name(BACKEND, &definition.name));
    Statement::new(
        format!("What the {} is.", definition.title()),
        format!("COMMENT ON {word} {name} IS {text};"),
    )
}

/// Clauses, one a line.
fn spread(clauses: &[String]) -> String {
    clauses.iter().map(|clause| format!("\n    {clause}")).collect()
}

fn attribute((name, native): &(String, String)) -> String {
    format!("{} {}", quote(BACKEND, name), attribute_type(native))
}

/// `TEXT COLLATE "C"`
fn attribute_type(native: &str) -> String {
    match native.split_once(" collate ") {
        Some((native, collation)) => {
            format!("{} COLLATE {collation}", types::in_statement(native))
        }
        None => types::in_statement(native),
    }
}

fn create_domain(name: &str, domain: &Domain) -> String {
    let mut clauses = Vec::new();
    if let Some(collation) = &domain.collation {
        clauses.push(format!("COLLATE {}", standard::collation(BACKEND, collation)));
    }
    clauses.extend(domain.default.as_ref().map(|default| format!("DEFAULT {default}")));
    clauses.extend(domain.not_null.then(|| "NOT NULL".to_owned()));
    let checks = domain.checks.iter().filter(|check| !check.options.not_valid);
    clauses.extend(checks.map(|check| standard::check(BACKEND, check)));
    format!("CREATE DOMAIN {name} AS {}{};", types::in_statement(&domain.native), spread(&clauses))
}

pub(super) fn drop(
    definition: &Definition,
    from: &Schema,
    to: &Schema,
) -> Result<Vec<Statement>, Refusal> {
    nothing_defaults_to(definition, to)?;
    if definition.is_type() {
        limits::no_other_stands_on(&definition.name, from, to)?;
    }
    let word = word(definition);
    Ok(vec![Statement::new(
        format!("Drop the {}.", definition.title()),
        format!("DROP {word} {};", quote_name(BACKEND, &definition.name)),
    )])
}

/// A sequence that a default takes its values from cannot go.
fn nothing_defaults_to(definition: &Definition, to: &Schema) -> Result<(), Refusal> {
    if definition.is_type() {
        return Ok(());
    }
    let mut columns = to
        .tables
        .values()
        .flat_map(|table| table.columns.iter().map(move |column| (&table.name, column)));
    let uses = |sql: &str| parameters::names_sequence(sql, &definition.name);
    match columns.find(|(_, column)| column.default.as_deref().is_some_and(uses)) {
        Some((table, column)) => Err(Refusal::new(
            definition.title(),
            format!("`{table}.{}` takes its default from it", column.name),
        )
        .hint("change that default, or keep the sequence")),
        None => Ok(()),
    }
}

pub(super) fn alter(
    from: &Definition,
    to: &Definition,
    schema: &Schema,
    after_plan: &Schema,
) -> Result<Vec<Statement>, Refusal> {
    let name = quote_name(BACKEND, &to.name);
    let in_place = match (&from.body, &to.body) {
        (old, new) if old == new => Some(Vec::new()),
        (DefinitionBody::Domain(old), DefinitionBody::Domain(new)) => {
            alter_domain(&to.name, old, new)
        }
        (
            DefinitionBody::Composite { attributes: old },
            DefinitionBody::Composite { attributes: new },
        ) => alter_composite(&to.name, old, new, &uses(from, schema, after_plan)),
        (
            DefinitionBody::Sequence { parameters: old },
            DefinitionBody::Sequence { parameters: new },
        ) => {
            let clauses = parameters::clauses(new, old);
            let why = format!("What the {} hands out.", to.title());
            Some(vec![Statement::new(why, format!("ALTER SEQUENCE {name}{};", spread(&clauses)))])
        }
        (_, _) => None,
    };
    if let Some(mut statements) = in_place {
        if matches!(to.body, DefinitionBody::Composite { .. }) {
            no_expression_is_of(to, schema, after_plan)?;
        }
        statements.extend((from.comment != to.comment).then(|| comment(to)));
        return Ok(statements);
    }
    if let Some(user) = uses(from, schema, after_plan).first() {
        return Err(Refusal::new(
            to.title(),
            format!("PostgreSQL cannot change it in this way, and {user} is of it"),
        )
        .hint(format!(
            "write a type of another name, move what is of `{}` to it, and drop this one",
            to.name
        )));
    }
    let mut statements = drop(from, schema, after_plan)?;
    statements.extend(create(to));
    statements.extend(part::of_definition(&to.name, to.is_type(), schema, after_plan));
    Ok(statements)
}

/// A value of a composite type that stands in a default keeps the parts that it has.
fn no_expression_is_of(
    definition: &Definition,
    schema: &Schema,
    after_plan: &Schema,
) -> Result<(), Refusal> {
    let mut columns = [schema, after_plan]
        .into_iter()
        .flat_map(|side| enums::columns_of_type(&definition.name, side));
    match columns.find(|(_, column)| column.default.is_some()) {
        Some((table, column)) => Err(Refusal::new(
            definition.title(),
            format!("its parts change, and the default of `{table}.{}` is of it", column.name),
        )
        .hint("drop the default in a migration before, and add it again in one after")),
        None => Ok(()),
    }
}

/// What is of the type: columns, and other definitions.
fn uses(definition: &Definition, schema: &Schema, after_plan: &Schema) -> Vec<String> {
    let spelling = types::enum_spelling(&definition.name);
    let is_it = |native: &str| native.trim_end_matches("[]") == spelling;
    let mut users = Vec::new();
    for side in [schema, after_plan] {
        for (table, column) in enums::columns_of_type(&definition.name, side) {
            users.push(format!("`{table}.{}`", column.name));
        }
        for other in side.definitions.iter().filter(|other| !other.is_same(definition)) {
            let of = match &other.body {
                DefinitionBody::Domain(domain) => is_it(&domain.native),
                DefinitionBody::Composite { attributes } => {
                    attributes.iter().any(|(_, native)| is_it(native))
                }
                DefinitionBody::Range { parameters } => parameters.values().any(|it| is_it(it)),
                DefinitionBody::Sequence { .. } => false,
            };
            users.extend(of.then(|| format!("the {}", other.title())));
        }
    }
    users
}

/// `None` where the type itself changes.
fn alter_domain(name: &QualifiedName, from: &Domain, to: &Domain) -> Option<Vec<Statement>> {
    if from.native != to.native || from.collation != to.collation {
        return None;
    }
    let sql_name = quote_name(BACKEND, name);
    let step = |why: String, action: String| {
        Statement::new(why, format!("ALTER DOMAIN {sql_name} {action};"))
    };
    let mut statements = Vec::new();
    for check in from.checks.iter().filter(|check| !to.checks.contains(check)) {
        let check = check.name.as_deref().unwrap_or_default();
        let why = format!("Drop the constraint `{check}` of the domain `{name}`.");
        statements.push(step(why, format!("DROP CONSTRAINT {}", quote(BACKEND, check))));
    }
    match (&from.default, &to.default) {
        (old, new) if old == new => {}
        (_, Some(default)) => {
            let why = format!("The default of the domain `{name}`.");
            statements.push(step(why, format!("SET DEFAULT {default}")));
        }
        (_, None) => {
            let why = format!("The old default of the domain `{name}` goes.");
            statements.push(step(why, "DROP DEFAULT".to_owned()));
        }
    }
    match (from.not_null, to.not_null) {
        (true, false) => {
            let why = format!("A value of the domain `{name}` may be NULL.");
            statements.push(step(why, "DROP NOT NULL".to_owned()));
        }
        (false, true) => {
            let why = format!("No value of the domain `{name}` may be NULL.");
            statements.push(step(why, "SET NOT NULL".to_owned()));
        }
        (true, true) | (false, false) => {}
    }
    for check in to.checks.iter().filter(|check| !from.checks.contains(check)) {
        let why = format!("Every value of the domain `{name}` must satisfy this.");
        statements.push(step(why, format!("ADD {}", standard::check(BACKEND, check))));
    }
    Some(statements)
}

/// Attributes go, change their types and come last: `None` where the new order is another one, or
/// where columns of the type keep the type of an attribute as it is.
fn alter_composite(
    name: &QualifiedName,
    from: &[(String, String)],
    to: &[(String, String)],
    users: &[String],
) -> Option<Vec<Statement>> {
    let find = |side: &[(String, String)], name: &str| side.iter().position(|(it, _)| it == name);
    let kept: Vec<_> = from.iter().filter(|(name, _)| find(to, name).is_some()).collect();
    let same_order = kept.iter().zip(to).all(|(old, new)| old.0 == new.0);
    let retypes = kept.iter().zip(to).any(|(old, new)| old.1 != new.1);
    if !same_order || retypes && !users.is_empty() {
        return None;
    }
    let sql_name = quote_name(BACKEND, name);
    let step = |why: String, action: String| {
        Statement::new(why, format!("ALTER TYPE {sql_name} {action};"))
    };
    let mut statements = Vec::new();
    for (gone, _) in from.iter().filter(|(name, _)| find(to, name).is_none()) {
        let why = format!("Drop `{gone}` of the type `{name}`.");
        statements.push(step(why, format!("DROP ATTRIBUTE {}", quote(BACKEND, gone))));
    }
    for (old, new) in kept.iter().zip(to).filter(|(old, new)| old.1 != new.1) {
        let why = format!("The type of `{}` of the type `{name}`.", old.0);
        let (attribute, native) = (quote(BACKEND, &new.0), attribute_type(&new.1));
        statements.push(step(why, format!("ALTER ATTRIBUTE {attribute} TYPE {native}")));
    }
    for new in to.iter().filter(|(name, _)| find(from, name).is_none()) {
        let why = format!("`{}` of the type `{name}` is new.", new.0);
        statements.push(step(why, format!("ADD ATTRIBUTE {}", attribute(new))));
    }
    Some(statements)
}

//! What is read but not modelled: triggers, routines, events, partitions.

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

use super::Reader;
use super::queries::ours;
use crate::backend::DatabaseError;

/// An object, with the server's text of it.
#[derive(QueryableByName)]
pub(super) struct ObjectRow {
    #[diesel(sql_type = Text)]
    pub(super) kind: String,
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) table_name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) text: Option<String>,
}

/// The statement that makes a trigger again, apart from who defined it.
const TRIGGERS: &str = concat!(
    "\
SELECT 'trigger' AS kind, CAST(TRIGGER_NAME AS CHAR) AS name, \
  CAST(EVENT_OBJECT_TABLE AS CHAR) AS table_name, \
  CONCAT('CREATE TRIGGER `', REPLACE(TRIGGER_NAME, '`', '``'), '` ', ACTION_TIMING, ' ', \
    EVENT_MANIPULATION, ' ON `', REPLACE(EVENT_OBJECT_TABLE, '`', '``'), '` FOR EACH ROW ', \
    ACTION_STATEMENT) AS text \
FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = {db} ",
    ours!("EVENT_OBJECT_TABLE"),
    " ORDER BY EVENT_OBJECT_TABLE, EVENT_MANIPULATION, ACTION_TIMING, ACTION_ORDER"
);

const ROUTINES: &str = "\
SELECT LOWER(ROUTINE_TYPE) AS kind, CAST(ROUTINE_NAME AS CHAR) AS name, \
  CAST(NULL AS CHAR) AS table_name, CAST(ROUTINE_DEFINITION AS CHAR) AS text \
FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = {db} ORDER BY ROUTINE_NAME, ROUTINE_TYPE";

const EVENTS: &str = "\
SELECT 'event' AS kind, CAST(EVENT_NAME AS CHAR) AS name, CAST(NULL AS CHAR) AS table_name, \
  CAST(EVENT_DEFINITION AS CHAR) AS text \
FROM information_schema.EVENTS WHERE EVENT_SCHEMA = {db} ORDER BY EVENT_NAME";

/// One row a table: how it is divided.
const PARTITIONS: &str = concat!(
    "\
SELECT 'partitioning' AS kind, CAST(MIN(PARTITION_METHOD) AS CHAR) AS name, \
  CAST(TABLE_NAME AS CHAR) AS table_name, \
  GROUP_CONCAT(CONCAT_WS(' ', PARTITION_METHOD, PARTITION_EXPRESSION, SUBPARTITION_METHOD, \
    SUBPARTITION_EXPRESSION, PARTITION_NAME, SUBPARTITION_NAME, PARTITION_DESCRIPTION) \
    ORDER BY PARTITION_ORDINAL_POSITION, SUBPARTITION_ORDINAL_POSITION SEPARATOR '; ') AS text \
FROM information_schema.PARTITIONS \
WHERE TABLE_SCHEMA = {db} AND PARTITION_NAME IS NOT NULL ",
    ours!("TABLE_NAME"),
    " GROUP BY TABLE_NAME ORDER BY TABLE_NAME"
);

/// All of them. A role without the right to see one sees none.
pub(super) fn read(read: &mut Reader<'_>) -> Result<Vec<ObjectRow>, DatabaseError> {
    let mut objects = Vec::new();
    for (sql, doing) in [
        (TRIGGERS, "reading the triggers"),
        (ROUTINES, "reading functions and procedures"),
        (EVENTS, "reading the events"),
        (PARTITIONS, "reading the partitions"),
    ] {
        objects.extend(read.all::<ObjectRow>(sql, doing)?);
    }
    Ok(objects)
}

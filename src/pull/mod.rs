//! Database to `table!`, `joinable!` and `ddl!`.

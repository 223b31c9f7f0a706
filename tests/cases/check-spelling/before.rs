diesel::table! {
    person (id) {
        id -> Integer,
        age -> Integer,
    }
}

glowplug::ddl! {
    table person {
        check person_age "age >= 0 AND age<200";
    }
}

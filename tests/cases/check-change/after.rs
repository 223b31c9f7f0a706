diesel::table! {
    person (id) {
        id -> Integer,
        age -> Integer,
    }
}

glowplug::ddl! {
    table person {
        check person_age "age BETWEEN 0 AND 200";
    }
}

diesel::table! {
    person (id) {
        id -> Integer,
        age -> Integer,
        name -> Text,
    }
}

glowplug::ddl! {
    table person {
        check person_age "age >= 0";
        check "name <> '' AND age < 200";
    }
}

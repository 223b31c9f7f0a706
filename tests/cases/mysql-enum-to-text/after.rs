diesel::table! {
    diary (id) {
        id -> Integer,
        felt -> Text,
    }
}

glowplug::ddl! {
    table diary {
        felt: type "varchar(20)", default "'ok'";
    }
}

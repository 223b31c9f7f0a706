diesel::table! {
    place (id) {
        id -> Integer,
        area -> Record<(Integer, Text, Array<Record<(Double, Double)>>)>,
    }
}

glowplug::ddl! {
    composite point2 { x "float8", y "float8" }
    composite region { number "integer", label "varchar(20)", corners "point2[]" }

    table place {
        area: type "region";
    }
}

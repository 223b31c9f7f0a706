#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    glowplug_fuzz::properties::splitter(data);
    glowplug_fuzz::oracle::agrees(data);
});

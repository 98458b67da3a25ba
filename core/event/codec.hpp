// Inputs and events <-> bytes and text.
//
// Binary form, version 1 (kCodecVersion): one byte for the alternative, then the fields in the
// order of fields(). Integers and instants are little endian; a figure is one length byte and
// the shortest two's complement; text and lists carry a 32-bit count. Versions are added, never
// edited. Decoding refuses anything that is not exactly one value.
//
// Text form: `name{field=value, ...}` for stories and CSV; JSON for inputs of stories.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/event/events.hpp"
#include "core/event/inputs.hpp"

namespace breakwater {

inline constexpr int kCodecVersion = 1;

using ByteBuffer = std::vector<std::uint8_t>;

void encode(const InputBody& body, ByteBuffer& out);  // appends
void encode(const Event& event, ByteBuffer& out);     // appends
Result<InputBody> decodeInput(Bytes bytes);
Result<Event> decodeEvent(Bytes bytes);

void encodeProfile(const Profile& profile, ByteBuffer& out);

std::string_view nameOf(const InputBody& body);
std::string_view nameOf(const Event& event);
std::string toText(const InputBody& body);
std::string toText(const Event& event);

// One JSON object with a "kind" and the fields; figures as strings or numbers, instants as ISO
// text, durations in seconds, enumerations by their words. Absent fields keep their defaults;
// unknown fields are refused.
Result<InputBody> inputFromJson(std::string_view json);
std::string toJson(const InputBody& body);
std::string toJson(const Event& event);

}  // namespace breakwater

#include "storage/csv_export.hpp"

#include <fstream>
#include <system_error>
#include <utility>

#include "storage/record_reader.hpp"

namespace breakwater::storage {
namespace {

namespace fs = std::filesystem;

// Length of the well-formed UTF-8 sequence at the front of `text`; 0 if there is none.
std::size_t sequenceLength(std::string_view text) {
    const auto at = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = at(0);
    if (first < 0x80) return 1;
    const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < size) return 0;
    for (std::size_t i = 1; i < size; ++i) {
        if ((at(i) & 0xc0) != 0x80) return 0;
    }
    // Overlong forms, surrogates, beyond U+10FFFF.
    if (first == 0xe0 && at(1) < 0xa0) return 0;
    if (first == 0xed && at(1) > 0x9f) return 0;
    if (first == 0xf0 && at(1) < 0x90) return 0;
    if (first == 0xf4 && at(1) > 0x8f) return 0;
    return size;
}

// A file under a temporary name until it is whole.
class OutputFile {
public:
    explicit OutputFile(fs::path target)
        : m_target(std::move(target)),
          m_temporary(m_target.string() + ".part"),
          m_out(m_temporary, std::ios::binary | std::ios::trunc) {}
    ~OutputFile() {
        if (m_kept) return;
        m_out.close();
        std::error_code ignored;
        fs::remove(m_temporary, ignored);
    }
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    void write(std::string_view text) {
        m_digest.add(breakwater::bytesOf(text));
        m_out.write(text.data(), static_cast<std::streamsize>(text.size()));
    }
    bool good() const { return m_out.good(); }
    Result<Digest> finish() {
        m_out.close();
        std::error_code error;
        if (m_out) fs::rename(m_temporary, m_target, error);
        if (!m_out || error) {
            return fail(ErrorCode::Io, m_target.string() + " cannot be written" +
                                           (error ? ": " + error.message() : std::string()));
        }
        m_kept = true;
        return m_digest.finish();
    }

private:
    fs::path m_target;
    fs::path m_temporary;
    std::ofstream m_out;
    DigestBuilder m_digest;
    bool m_kept = false;
};

Result<void> prepareFolder(const fs::path& folder) {
    std::error_code error;
    const fs::file_status status = fs::status(folder, error);
    if (fs::exists(status) && !fs::is_directory(status)) {
        return fail(ErrorCode::Refused, folder.string() + " is not a folder");
    }
    if (fs::exists(status)) {
        const bool empty = fs::is_empty(folder, error);
        if (!error && empty) return {};
        if (!error) {
            return fail(ErrorCode::Refused,
                        folder.string() + " is not empty; name a new or an empty folder");
        }
    } else if (fs::create_directories(folder, error)) {
        return {};
    }
    return fail(ErrorCode::Io, folder.string() + " cannot be used: " + error.message());
}

template <class Body>
void appendRow(std::string& row, const Body& body) {
    row += ',';
    row += csvField(toText(body));
    row += ',';
    row += csvField(toJson(body));
    row += "\r\n";
}

Result<void> writeStep(const Step& step, OutputFile& inputs, OutputFile& events, std::string& row) {
    const std::string sequence = std::to_string(step.sequence);
    const std::string time = step.time.toString();
    const Result<InputBody> input = decodeInput(step.input());
    if (!input) {
        return fail(input.error().code, "input " + sequence + ": " + input.error().message);
    }
    row = sequence + ',' + csvField(time) + ',' + csvField(nameOf(*input));
    appendRow(row, *input);
    inputs.write(row);

    std::size_t index = 0;
    Result<void> done;
    forEachEvent(step, [&](Bytes bytes) {
        if (!done) return;
        const Result<Event> event = decodeEvent(bytes);
        if (!event) {
            done =
                fail(event.error().code, "input " + sequence + ", event " + std::to_string(index) +
                                             ": " + event.error().message);
            return;
        }
        row = sequence + ',' + std::to_string(index) + ',' + csvField(time) + ',' +
              csvField(nameOf(*event));
        appendRow(row, *event);
        events.write(row);
        ++index;
    });
    return done;
}

std::string oneLine(std::string_view text) {
    std::string line;
    while (!text.empty()) {
        const std::size_t size = sequenceLength(text);
        const bool control =
            size == 1 && (static_cast<unsigned char>(text[0]) < 0x20 || text[0] == 0x7f);
        line += size == 0 ? "\xef\xbf\xbd" : control ? " " : std::string(text.substr(0, size));
        text.remove_prefix(size == 0 ? 1 : size);
    }
    return line;
}

std::string_view stateWords(RecordState state) {
    switch (state) {
        case RecordState::Open: return "without its end";
        case RecordState::Full: return "full";
        case RecordState::Closed: return "closed";
    }
    return "?";
}

std::string manifestText(const fs::path& record, const RecordReader& reader,
                         const Digest& inputsDigest, const Digest& eventsDigest) {
    const RecordMeta& meta = reader.meta();
    const RecordTail& tail = reader.tail();
    std::string text = "Breakwater record, exported as text\n";
    const auto line = [&text](std::string_view name, std::string_view value) {
        text += oneLine(name) + ": " + oneLine(value) + "\n";
    };
    line("record", record.filename().string());
    line("program", meta.program);
    line("venue", meta.venue);
    line("scenario", meta.scenario);
    line("seed", std::to_string(meta.seed));
    line("created", meta.created);
    for (const auto& [name, value] : meta.extra)
        line(name, value);
    line("record format", std::to_string(kRecordFormat));
    line("codec", std::to_string(meta.codec));
    line("state", stateWords(tail.state));
    line("inputs", std::to_string(tail.lastSequence));
    line("events", std::to_string(tail.events));
    line("last time", tail.lastSequence > 0 ? tail.lastTime.toString() : "none");
    line("chain head", tail.chain.toHex());
    line("inputs.csv BLAKE2b-256", inputsDigest.toHex());
    line("events.csv BLAKE2b-256", eventsDigest.toHex());
    return text;
}

}  // namespace

std::string csvField(std::string_view text) {
    static constexpr std::string_view kFormula = "=+-@\t\r";
    std::string field;
    field.reserve(text.size() + 8);
    bool quoted = false;
    if (!text.empty() && kFormula.find(text[0]) != std::string_view::npos) field += '\'';
    while (!text.empty()) {
        const char c = text[0];
        const std::size_t size = sequenceLength(text);
        quoted = quoted || c == '"' || c == ',' || c == '\r' || c == '\n';
        if (c == '"') field += '"';
        field += size == 0 ? std::string_view("\xef\xbf\xbd") : text.substr(0, size);
        text.remove_prefix(size == 0 ? 1 : size);
    }
    if (!quoted) return field;
    return '"' + field + '"';
}

struct CsvFile::Impl {
    explicit Impl(const fs::path& path) : file(path) {}

    OutputFile file;
    std::string row;
};

CsvFile::CsvFile(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
CsvFile::CsvFile(CsvFile&&) noexcept = default;
CsvFile& CsvFile::operator=(CsvFile&&) noexcept = default;
CsvFile::~CsvFile() = default;

Result<CsvFile> CsvFile::create(const fs::path& path, const std::vector<std::string>& header) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
        return fail(ErrorCode::Refused, path.string() + " is a folder; name a file in it");
    }
    auto impl = std::make_unique<Impl>(path);
    if (!impl->file.good()) return fail(ErrorCode::Io, path.string() + " cannot be written");
    CsvFile file(std::move(impl));
    file.add(header);
    return file;
}

void CsvFile::add(const std::vector<std::string>& row) {
    std::string& text = m_impl->row;
    text.clear();
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) text += ',';
        text += csvField(row[i]);
    }
    m_impl->file.write(text += "\r\n");
}

Result<void> CsvFile::finish() {
    const Result<Digest> done = m_impl->file.finish();
    if (!done) return Unexpected(done.error());
    return {};
}

Result<ExportSummary> exportCsv(const fs::path& record, const fs::path& folder) {
    Result<RecordReader> reader = RecordReader::open(record);
    if (!reader) return Unexpected(reader.error());
    const Result<void> ready = prepareFolder(folder);
    if (!ready) return Unexpected(ready.error());

    OutputFile inputs(folder / "inputs.csv");
    OutputFile events(folder / "events.csv");
    inputs.write("sequence,time,kind,text,json\r\n");
    events.write("sequence,index,time,kind,text,json\r\n");
    ExportSummary summary;
    Step step;
    std::string row;
    while (inputs.good() && events.good()) {
        const Result<bool> more = reader->next(step);
        if (!more) return Unexpected(more.error());
        if (!*more) break;
        const Result<void> written = writeStep(step, inputs, events, row);
        if (!written) return Unexpected(written.error());
        ++summary.inputs;
        summary.events += step.eventCount();
    }
    const Result<Digest> inputsDigest = inputs.finish();
    if (!inputsDigest) return Unexpected(inputsDigest.error());
    const Result<Digest> eventsDigest = events.finish();
    if (!eventsDigest) return Unexpected(eventsDigest.error());
    OutputFile manifest(folder / "manifest.txt");
    manifest.write(manifestText(record, *reader, *inputsDigest, *eventsDigest));
    const Result<Digest> written = manifest.finish();
    if (!written) return Unexpected(written.error());
    summary.chain = reader->tail().chain;
    return summary;
}

}  // namespace breakwater::storage

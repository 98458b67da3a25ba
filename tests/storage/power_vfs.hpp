// A disk that forgets: SQLite's file layer with a memory of what was synced and what was not.
//
// Writes go to the real files at once, as the page cache would have them. Beside them the disk
// keeps, for every file, what a sync has made certain and the sectors (512 bytes), sizes and
// deletions that came after it. At any moment a loss of power can be asked for: the files as they
// might be found then, with any subset of what was not synced, in any order, a write of several
// sectors torn between them.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace breakwater::storage {

class PowerVfs {
public:
    // Called after each write, sync, truncation and deletion with its number from 1 on; what the
    // call did is not synced yet (a sync: is done).
    using Watch = std::function<void(int)>;

    explicit PowerVfs(Watch watch);
    ~PowerVfs();  // after the last connection
    PowerVfs(const PowerVfs&) = delete;
    PowerVfs& operator=(const PowerVfs&) = delete;

    const std::string& name() const { return m_name; }
    int operations() const { return m_operations; }

    // Writes the files found after a loss of power now into a folder, by their own names.
    void losePower(const std::filesystem::path& folder, std::mt19937& random) const;

    // Of the file layer:
    void opened(const std::string& path);
    void wrote(const std::string& path, const char* data, std::size_t size, std::size_t at);
    void truncated(const std::string& path, std::size_t size);
    void synced(const std::string& path);
    void deleted(const std::string& path, bool folderSynced);

private:
    struct Registration;
    struct Change {
        bool isSize = false;
        std::size_t at = 0;  // of a sector; or the size
        std::string bytes;
    };
    struct File {
        bool exists = false;  // by what is synced
        std::string certain;  // its bytes then
        std::string current;  // as the program sees it
        bool currentExists = false;
        std::vector<Change> pending;  // since the last sync, in order
    };
    void did();
    static std::string found(const File& file, std::mt19937& random);

    Watch m_watch;
    std::string m_name;
    std::map<std::string, File> m_files;
    int m_operations = 0;
    Registration* m_registration;
};

}  // namespace breakwater::storage

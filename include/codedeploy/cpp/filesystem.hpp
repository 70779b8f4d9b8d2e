// SPDX-License-Identifier: MIT
#ifndef CODEDEPLOY_CPP_FILESYSTEM_HPP
#define CODEDEPLOY_CPP_FILESYSTEM_HPP

/// @file
/// The file system as the library sees it: <codedeploy/filesystem.h>.

#include <codedeploy/cpp/callbacks.hpp>

namespace codedeploy
{
inline namespace CODEDEPLOY_ABI
{

/// A file system that installs work on: one of those that come with the library (posix::Files,
/// sim::FileSystem), or a CustomFileSystem. Must outlive what works on it.
class FileSystem
{
  public:
    FileSystem(const FileSystem &) = delete;
    FileSystem &operator=(const FileSystem &) = delete;
    virtual ~FileSystem() = default;

    /// The callbacks.
    const cdp_fs *get() const
    {
        return &c_;
    }
    /// Throws on what a callback threw during the last call.
    void rethrow()
    {
        thrown_.rethrow();
    }

  protected:
    FileSystem() : c_(detail::sized<cdp_fs>())
    {
    }
    cdp_fs c_;
    detail::Thrown thrown_;
};

/// The names in one directory.
class FileListing
{
  public:
    struct Entry {
        std::string name;
        FileKind kind{};
        /// Length of a regular file, when it was asked for.
        std::uint64_t bytes = 0;
    };
    static Outcome<FileListing> create(const With &with = With())
    {
        FileListing listing;
        const cdp_status status = cdp_fs_listing_new(with.allocator.get(), listing.own_.out());
        listing.object_ = listing.own_.get();
        return detail::made<FileListing>(status, [&] { return std::move(listing); });
    }
    FileListing(FileListing &&other) noexcept
        : own_(std::move(other.own_)), object_(std::exchange(other.object_, nullptr))
    {
    }
    /// One that the library made, for a callback to fill.
    explicit FileListing(cdp_fs_listing *object) : object_(object)
    {
    }
    /// Adds an entry; a callback that fails here returns the status at once.
    Status add(std::string_view name, FileKind kind, std::uint64_t bytes = 0)
    {
        return static_cast<Status>(
            cdp_fs_listing_add(object_, detail::text(name), static_cast<cdp_fs_kind>(kind), bytes));
    }
    Outcome<void> sort()
    {
        return detail::done(cdp_fs_listing_sort(object_));
    }
    void clear()
    {
        cdp_fs_listing_clear(object_);
    }
    List<Entry> entries() const
    {
        return List<Entry>(nullptr, object_, 0, cdp_fs_listing_count(object_),
                           [](const void *object, std::size_t, std::size_t i) {
                               cdp_string name{nullptr, 0};
                               cdp_fs_kind kind = CDP_FS_ABSENT;
                               Entry entry;
                               cdp_fs_listing_at(static_cast<const cdp_fs_listing *>(object), i,
                                                 &name, &kind, &entry.bytes);
                               entry.name = detail::string(name);
                               entry.kind = static_cast<FileKind>(kind);
                               return entry;
                           });
    }
    cdp_fs_listing *get() const
    {
        return object_;
    }

  private:
    FileListing() = default;
    detail::Owned<cdp_fs_listing, cdp_fs_listing_free> own_;
    cdp_fs_listing *object_ = nullptr;
};

/// For `copy_file`: tells how far a copy is.
class CopyProgress
{
  public:
    explicit CopyProgress(const cdp_fs_progress *object) : object_(object)
    {
    }
    /// Not Status::Ok: stop, and return that status.
    Status add(std::uint64_t bytes) const
    {
        return static_cast<Status>(cdp_fs_progress_add(object_, bytes));
    }

  private:
    const cdp_fs_progress *object_;
};

/// A file system of the program's own: override what there is. What is not overridden answers
/// Status::Passthrough: as if it were not there. <codedeploy/filesystem.h> says what each has to do,
/// and which statuses it may answer. What a function throws comes out of the call that led to it,
/// which meanwhile takes it for a failure.
class CustomFileSystem : public FileSystem
{
  public:
    CustomFileSystem();

    virtual Status info(FileRoot root, std::string_view path, bool follow, FileInfo &info)
    {
        return unused(root, path, follow, info);
    }
    virtual Status list(FileRoot root, std::string_view path, bool want_bytes, FileListing &listing)
    {
        return unused(root, path, want_bytes, listing);
    }
    virtual Status read_link(FileRoot root, std::string_view path, std::string &target)
    {
        return unused(root, path, target);
    }
    virtual Status read_file(FileRoot root, std::string_view path, std::uint64_t limit,
                             std::string &content)
    {
        return unused(root, path, limit, content);
    }
    virtual Status make_directory(FileRoot root, std::string_view path, std::uint32_t mode)
    {
        return unused(root, path, mode);
    }
    virtual Status copy_file(FileRoot from_root, std::string_view from, FileRoot to_root,
                             std::string_view to, Flags<FileKeep> keep,
                             const CopyProgress &progress)
    {
        return unused(from_root, from, to_root, to, keep, progress);
    }
    virtual Status make_symlink(FileRoot root, std::string_view path, std::string_view target)
    {
        return unused(root, path, target);
    }
    virtual Status rename(FileRoot root, std::string_view from, std::string_view to, bool replace)
    {
        return unused(root, from, to, replace);
    }
    virtual Status hard_link(FileRoot root, std::string_view from, std::string_view to)
    {
        return unused(root, from, to);
    }
    virtual Status remove_file(FileRoot root, std::string_view path)
    {
        return unused(root, path);
    }
    virtual Status remove_directory(FileRoot root, std::string_view path)
    {
        return unused(root, path);
    }
    virtual Status set_mode(FileRoot root, std::string_view path, std::uint32_t mode)
    {
        return unused(root, path, mode);
    }
    virtual Status set_owner(FileRoot root, std::string_view path,
                             std::optional<std::string_view> owner,
                             std::optional<std::string_view> group)
    {
        return unused(root, path, owner, group);
    }
    virtual Status check_owner(std::optional<std::string_view> owner,
                               std::optional<std::string_view> group)
    {
        return unused(owner, group);
    }
    virtual Status set_acl(FileRoot root, std::string_view path,
                           const std::vector<std::string_view> &entries)
    {
        return unused(root, path, entries);
    }
    virtual Status set_context(FileRoot root, std::string_view path, const FileContext &context)
    {
        return unused(root, path, context);
    }
    virtual Status remove_context(FileRoot root, std::string_view path)
    {
        return unused(root, path);
    }
    virtual Status write_file(FileRoot root, std::string_view path, std::string_view content)
    {
        return unused(root, path, content);
    }
    virtual Status append_file(FileRoot root, std::string_view path, std::string_view content)
    {
        return unused(root, path, content);
    }
    virtual Status sync_file(FileRoot root, std::string_view path)
    {
        return unused(root, path);
    }
    virtual Status sync_directory(FileRoot root, std::string_view path)
    {
        return unused(root, path);
    }
    virtual Status sync_all(FileRoot root)
    {
        return unused(root);
    }
    virtual Status describe_error(Status error, std::string &message)
    {
        return unused(error, message);
    }

  private:
    template <class... Arguments> static Status unused(const Arguments &...)
    {
        return Status::Passthrough;
    }
    /// Calls a function of the object that a callback belongs to.
    template <class What> static cdp_status call(void *user, What &&what) noexcept
    {
        auto *self = static_cast<CustomFileSystem *>(user);
        return self->thrown_.guard([&] { return static_cast<cdp_status>(what(*self)); });
    }
    /// The same for one that makes a text.
    template <class What> static cdp_status text(cdp_text *made, void *user, What &&what) noexcept
    {
        auto *self = static_cast<CustomFileSystem *>(user);
        return self->thrown_.guard([&] {
            std::string string;
            const Status status = what(*self, string);
            if (status != Status::Ok)
                return static_cast<cdp_status>(status);
            return cdp_text_append(made, string.data(), string.size());
        });
    }
    static FileRoot cpp(cdp_fs_root root)
    {
        return static_cast<FileRoot>(root);
    }
    void set_reading();
    void set_making();
    void set_rights();
    void set_records();
};

inline CustomFileSystem::CustomFileSystem()
{
    c_.user = this;
    set_reading();
    set_making();
    set_rights();
    set_records();
}

inline void CustomFileSystem::set_reading()
{
    c_.info = [](cdp_fs_root root, cdp_string path, int follow, cdp_fs_info *info, void *user) {
        return call(user, [&](CustomFileSystem &self) {
            FileInfo found;
            const Status status = self.info(cpp(root), detail::view(path), follow != 0, found);
            if (status == Status::Ok) {
                const std::size_t size = info->size;
                *info = detail::to_c(found);
                info->size = size;
            }
            return status;
        });
    };
    c_.list = [](cdp_fs_root root, cdp_string path, int want_bytes, cdp_fs_listing *listing,
                 void *user) {
        return call(user, [&](CustomFileSystem &self) {
            FileListing entries(listing);
            return self.list(cpp(root), detail::view(path), want_bytes != 0, entries);
        });
    };
    c_.read_link = [](cdp_fs_root root, cdp_string path, cdp_text *target, void *user) {
        return text(target, user, [&](CustomFileSystem &self, std::string &made) {
            return self.read_link(cpp(root), detail::view(path), made);
        });
    };
    c_.read_file = [](cdp_fs_root root, cdp_string path, std::uint64_t limit, cdp_text *content,
                      void *user) {
        return text(content, user, [&](CustomFileSystem &self, std::string &made) {
            return self.read_file(cpp(root), detail::view(path), limit, made);
        });
    };
    c_.describe_error = [](cdp_status error, cdp_text *message, void *user) {
        return text(message, user, [&](CustomFileSystem &self, std::string &made) {
            return self.describe_error(static_cast<Status>(error), made);
        });
    };
}

inline void CustomFileSystem::set_making()
{
    c_.make_directory = [](cdp_fs_root root, cdp_string path, std::uint32_t mode, void *user) {
        return call(user, [&](CustomFileSystem &self) {
            return self.make_directory(cpp(root), detail::view(path), mode);
        });
    };
    c_.copy_file = [](cdp_fs_root from_root, cdp_string from, cdp_fs_root to_root, cdp_string to,
                      std::uint32_t keep, const cdp_fs_progress *progress, void *user) {
        return call(user, [&](CustomFileSystem &self) {
            return self.copy_file(cpp(from_root), detail::view(from), cpp(to_root),
                                  detail::view(to), Flags<FileKeep>::from_bits(keep),
                                  CopyProgress(progress));
        });
    };
    c_.make_symlink = [](cdp_fs_root root, cdp_string path, cdp_string target, void *user) {
        return call(user, [&](CustomFileSystem &self) {
            return self.make_symlink(cpp(root), detail::view(path), detail::view(target));
        });
    };
    c_.rename = [](cdp_fs_root root, cdp_string from, cdp_string to, int replace, void *user) {
        return call(user, [&](CustomFileSystem &self) {
            return self.rename(cpp(root), detail::view(from), detail::view(to), replace != 0);
        });
    };
    c_.hard_link = [](cdp_fs_root root, cdp_string from, cdp_string to, void *user) {
        return call(user, [&](CustomFileSystem &self) {
            return self.hard_link(cpp(root), detail::view(from), detail::view(to));
        });
    };
    c_.remove_file = [](cdp_fs_root root, cdp_string path, void *user) {
        return call(user, [&](CustomFileSystem &self) {
            return self.remove_file(cpp(root), detail::view(path));
        });
    };
    c_.remove_directory = [](cdp_fs_root root, cdp_string path, void *user) {
        return call(user, [&](CustomFileSystem &self) {
            return self.remove_directory(cpp(root), detail::view(path));
        });
    };
}

inline void CustomFileSystem::set_rights()
{
    c_.set_mode = [](cdp_fs_root root, cdp_string path, std::uint32_t mode, void *user) {
        return call(user, [&](CustomFileSystem &self) {
            return self.set_mode(cpp(root), detail::view(path), mode);
        });
    };
    c_.set_owner = [](cdp_fs_root root, cdp_string path, cdp_string owner, cdp_string group,
                      void *user) {
        return call(user, [&](CustomFileSystem &self) {
            return self.set_owner(cpp(root), detail::view(path), detail::optional_view(owner),
                                  detail::optional_view(group));
        });
    };
    c_.check_owner = [](cdp_string owner, cdp_string group, void *user) {
        return call(user, [&](CustomFileSystem &self) {
            return self.check_owner(detail::optional_view(owner), detail::optional_view(group));
        });
    };
    c_.set_acl = [](cdp_fs_root root, cdp_string path, const cdp_string *entries, std::size_t count,
                    void *user) {
        return call(user, [&](CustomFileSystem &self) {
            std::vector<std::string_view> views;
            for (std::size_t i = 0; i < count; i++)
                views.push_back(detail::view(entries[i]));
            return self.set_acl(cpp(root), detail::view(path), views);
        });
    };
    c_.set_context = [](cdp_fs_root root, cdp_string path, const cdp_fs_context *context,
                        void *user) {
        return call(user, [&](CustomFileSystem &self) {
            return self.set_context(cpp(root), detail::view(path), detail::from_c(*context));
        });
    };
    c_.remove_context = [](cdp_fs_root root, cdp_string path, void *user) {
        return call(user, [&](CustomFileSystem &self) {
            return self.remove_context(cpp(root), detail::view(path));
        });
    };
}

inline void CustomFileSystem::set_records()
{
    c_.write_file = [](cdp_fs_root root, cdp_string path, cdp_string content, void *user) {
        return call(user, [&](CustomFileSystem &self) {
            return self.write_file(cpp(root), detail::view(path), detail::view(content));
        });
    };
    c_.append_file = [](cdp_fs_root root, cdp_string path, cdp_string content, void *user) {
        return call(user, [&](CustomFileSystem &self) {
            return self.append_file(cpp(root), detail::view(path), detail::view(content));
        });
    };
    c_.sync_file = [](cdp_fs_root root, cdp_string path, void *user) {
        return call(user, [&](CustomFileSystem &self) {
            return self.sync_file(cpp(root), detail::view(path));
        });
    };
    c_.sync_directory = [](cdp_fs_root root, cdp_string path, void *user) {
        return call(user, [&](CustomFileSystem &self) {
            return self.sync_directory(cpp(root), detail::view(path));
        });
    };
    c_.sync_all = [](cdp_fs_root root, void *user) {
        return call(user, [&](CustomFileSystem &self) { return self.sync_all(cpp(root)); });
    };
}

} // namespace CODEDEPLOY_ABI
} // namespace codedeploy

#endif

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Argosy.Sidecar.Hosting;

namespace Argosy.Sidecar.Bindings.Mail;

/// <summary>The files of a mailbox. A mail is one file with two names: in <c>ids</c> after its message id, which is how a second one is
/// refused, and in <c>mails</c> after its id, which is how they are listed by time. Several processes may share the folder, and each may die at any
/// moment: a name appears together with the whole content or not at all.</summary>
internal sealed class MailboxFiles(string root)
{
    private const string Extension = ".json";
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(10);
    // HTML stays readable in the files.
    private static readonly MailJson Json = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
    // Mails are personal data: nobody but their owner reads them.
    private static readonly FileStreamOptions NewFile = OperatingSystem.IsWindows()
        ? new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 }
        : new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };

    private readonly string _drafts = Path.Combine(root, "drafts");
    private readonly string _ids = Path.Combine(root, "ids");
    private readonly string _mails = Path.Combine(root, "mails");

    /// <summary>Makes the folders, and clears away what processes that died have left unfinished.</summary>
    public void Open()
    {
        foreach (var folder in (string[])[_drafts, _ids, _mails])
            Directory.CreateDirectory(folder);
        foreach (var draft in new DirectoryInfo(_drafts).EnumerateFiles().Where(draft => DateTime.UtcNow - draft.LastWriteTimeUtc > Abandoned))
            draft.Delete();
    }

    /// <summary>Keeps the mail, unless there is or was one with its message id.</summary>
    /// <returns>The id of the mail that is kept under that message id; null when it was deleted since.</returns>
    public string? Add(StoredMail mail)
    {
        var index = IndexPath(mail.MessageId);
        if (!File.Exists(index))
        {
            var draft = WriteDraft(JsonSerializer.SerializeToUtf8Bytes(mail, Json.StoredMail));
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(index)!);
                // Of several that try at once exactly one succeeds.
                if (!HardLink.TryCreate(draft, index) && !File.Exists(index))
                    throw new IOException("the mailbox needs a file system with hard links");
            }
            finally
            {
                File.Delete(draft);
            }
        }
        if (ReadFile(index) is not { } content)
            return null;
        var id = Parse(content).Id;
        var path = MailPath(id);
        // Also where whoever added it first died in between.
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (!HardLink.TryCreate(index, path) && !File.Exists(path))
                throw new IOException($"the mail {id} could not be listed");
        }
        return id;
    }

    /// <returns>The mail as JSON; null when there is none.</returns>
    public byte[]? Read(string id) => MailId.IsValid(id) ? ReadFile(MailPath(id)) : null;

    /// <returns>False when there is no such mail.</returns>
    public bool Delete(string id)
    {
        if (Read(id) is not { } content)
            return false;
        // Emptied, not removed: a late repetition of the mail must not bring it back.
        File.Move(WriteDraft([]), IndexPath(Parse(content).MessageId), overwrite: true);
        File.Delete(MailPath(id));
        return true;
    }

    /// <summary>Newest first. Opens only the mails it gives, and looks only into the folders that may hold them.</summary>
    public IEnumerable<byte[]> List(int offset, int limit) =>
        Directory.EnumerateDirectories(_mails).OrderDescending(StringComparer.Ordinal)
            .SelectMany(shard => Directory.EnumerateFiles(shard).Where(IsMail).OrderDescending(StringComparer.Ordinal))
            .Skip(offset).Select(ReadFile).OfType<byte[]>().Take(limit);

    /// <summary>Newest first, of those whose message id begins with <paramref name="prefix"/>.</summary>
    public IEnumerable<byte[]> List(string prefix, int offset, int limit)
    {
        var name = MessageIdName.EscapePrefix(prefix);
        var folders = MessageIdName.FolderOfPrefix(prefix) is { } one ? [Path.Combine(_ids, one)] : Directory.EnumerateDirectories(_ids);
        return folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file).StartsWith(name, StringComparison.Ordinal)))
            .Select(ReadFile).OfType<byte[]>().Select(content => (Parse(content).Id, Content: content)).OrderByDescending(mail => mail.Id, StringComparer.Ordinal)
            .Skip(offset).Take(limit).Select(mail => mail.Content);
    }

    private string WriteDraft(ReadOnlySpan<byte> content)
    {
        var path = Path.Combine(_drafts, Guid.NewGuid().ToString("n"));
        using var file = new FileStream(path, NewFile);
        file.Write(content);
        return path;
    }

    /// <returns>Null also for the empty file that stands for a deleted mail.</returns>
    private static byte[]? ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path) is { Length: > 0 } content ? content : null;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static bool IsMail(string path) => Path.GetExtension(path) == Extension && MailId.IsValid(Path.GetFileNameWithoutExtension(path));

    private static StoredMail Parse(byte[] content) => JsonSerializer.Deserialize(content, Json.StoredMail)!;

    private string MailPath(string id) => Path.Combine(_mails, MailId.Shard(id), id + Extension);

    private string IndexPath(string messageId) => Path.Combine(_ids, MessageIdName.Folder(messageId), MessageIdName.Escape(messageId));
}

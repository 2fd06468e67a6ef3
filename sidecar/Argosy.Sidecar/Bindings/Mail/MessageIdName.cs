using System.Security.Cryptography;
using System.Text;

namespace Argosy.Sidecar.Bindings.Mail;

/// <summary>Where the index keeps a message id: its file is named after it, so that no two ids share one and a prefix can be looked for without
/// opening files. Ids that agree up to the first dot (all mails of one order) are in one folder.</summary>
internal static class MessageIdName
{
    private const int LongestName = 200;
    // No id is the beginning of another's name, and no name ends in a dot, which Windows would drop.
    private const char End = '=';

    /// <summary>The name of the id's file. Capital letters are escaped too: not every file system tells them apart.</summary>
    /// <exception cref="ArgumentException">The id is longer than a file name can be.</exception>
    public static string Escape(string messageId)
    {
        var name = EscapePrefix(messageId);
        return name.Length <= LongestName ? name + End : throw new ArgumentException("messageId is too long");
    }

    public static string EscapePrefix(string prefix)
    {
        var name = new StringBuilder();
        foreach (var character in Encoding.UTF8.GetBytes(prefix))
        {
            if (char.IsAsciiLetterLower((char)character) || char.IsAsciiDigit((char)character) || character is (byte)'-' or (byte)'_' || (character == '.' && name.Length > 0))
                name.Append((char)character);
            else
                name.Append('%').Append(character.ToString("x2"));
        }
        return name.ToString();
    }

    /// <summary>The folder of an id.</summary>
    public static string Folder(string messageId)
    {
        var dot = messageId.IndexOf('.');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dot < 0 ? messageId : messageId[..dot]))[..1]);
    }

    /// <summary>The one folder in which every id with that prefix is; null when they may be anywhere.</summary>
    public static string? FolderOfPrefix(string prefix) => prefix.Contains('.') ? Folder(prefix) : null;
}

namespace Argosy.Gateway.Routing;

/// <summary>Refuses paths that the next hop could read differently. The server has decoded the path once and removed its dot segments;
/// the sidecar decodes and cleans what it gets once more, so nothing may be left that decodes or cleans to something else.</summary>
internal static class PathGuard
{
    public static bool IsPlain(string path)
    {
        if (path.Contains("//", StringComparison.Ordinal) || path.Contains("..", StringComparison.Ordinal) || path.Contains("/.", StringComparison.Ordinal))
            return false;
        foreach (var character in path)
        {
            // '%' is left only where it hid a slash or was itself encoded.
            if (character is '%' or '\\' or ';' or '?' or '#' || char.IsControl(character))
                return false;
        }
        return true;
    }
}

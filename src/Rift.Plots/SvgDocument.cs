using System.Globalization;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Rift.Plots;

/// <summary>What Skia writes as SVG, made fit for a page: it scales, names itself to who cannot see it, and has other fonts to fall back to.</summary>
/// <remarks>Skia escapes quotation marks in text, so what is in quotation marks is an attribute.</remarks>
internal static partial class SvgDocument
{
    /// <summary>The finished document.</summary>
    /// <param name="drawn">The document as Skia wrote it.</param>
    /// <param name="figure">The figure it shows.</param>
    public static string Of(string drawn, Figure figure)
    {
        string opening = string.Create(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {figure.Width} {figure.Height}\" role=\"img\" ");
        string svg = Renamed(drawn)
            .Replace($"font-family=\"{BundledFont.Family}\"", $"font-family=\"{BundledFont.Family}, Verdana, sans-serif\"", StringComparison.Ordinal)
            .Replace(", \"", "\"", StringComparison.Ordinal) // Skia ends lists of numbers with a comma, which readers may refuse
            .Replace("<svg ", opening, StringComparison.Ordinal);
        int body = svg.IndexOf('>', svg.IndexOf(opening, StringComparison.Ordinal)) + 1;
        return svg.Insert(body, $"<title>{SecurityElement.Escape(figure.Title)}</title>");
    }

    /// <summary>
    /// The document with identifiers made of its own content. Skia counts them through the process: the same figure would differ from run to run, and numbers that begin
    /// anew in each figure would clash where a page holds several.
    /// </summary>
    private static string Renamed(string svg)
    {
        Dictionary<string, int> order = [];
        foreach (Match match in Identifier.Matches(svg)) order.TryAdd(match.Value, order.Count);
        string Numbered(string prefix) => Identifier.Replace(svg, match => string.Create(CultureInfo.InvariantCulture, $"{prefix}{order[match.Value]}"));
        byte[] content = SHA256.HashData(Encoding.UTF8.GetBytes(Numbered("")));
        return Numbered($"f{Convert.ToHexStringLower(content.AsSpan(0, 4))}-");
    }

    /// <summary>An identifier where it is given or used.</summary>
    [GeneratedRegex("""(?<=\bid="|url\(#|href="#)[^")]+""")]
    private static partial Regex Identifier { get; }
}

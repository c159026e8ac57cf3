using System.Buffers.Text;
using System.IO.Compression;
using Rift.Mdp;

namespace Rift.Laboratory;

/// <summary>A small model as text for a link: its file, compressed (RFC 1951), in letters that an address may hold (base64url).</summary>
public static class PackedModel
{
    /// <summary>Packs a model; null where the text would not fit into a link.</summary>
    public static string? Pack(MarkovDecisionProcess mdp)
    {
        using MemoryStream packed = new();
        using (DeflateStream deflate = new(packed, CompressionLevel.SmallestSize, leaveOpen: true)) deflate.Write(ModelBytes.Write(mdp));
        string text = Base64Url.EncodeToString(packed.ToArray());
        // The other choices have to fit, too.
        return text.Length <= StateLink.LongestLink / 2 ? text : null;
    }

    /// <summary>The bytes of the file in a text.</summary>
    /// <exception cref="FormatException">The text is none, or what is in it is larger than the page takes.</exception>
    public static byte[] Unpack(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            using DeflateStream inflate = new(new MemoryStream(Base64Url.DecodeFromChars(text)), CompressionMode.Decompress);
            byte[] bytes = new byte[Limits.FileBytes + 1];
            int length = inflate.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length <= Limits.FileBytes ? bytes[..length] : throw Limits.TooLarge("the model of the link", "more", FormattableString.Invariant($"{Limits.FileBytes} bytes"));
        }
        catch (InvalidDataException e)
        {
            throw new FormatException("the model of the link: found text that is no packed model, expected one as this page writes it", e);
        }
    }
}

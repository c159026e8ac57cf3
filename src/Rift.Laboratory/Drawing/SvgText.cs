using System.Globalization;
using System.Text;

namespace Rift.Laboratory;

/// <summary>A drawing in the making: marks in user units, written as SVG 1.1 that stands alone.</summary>
public sealed class SvgText
{
    private const string Font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

    private readonly StringBuilder _text = new(1 << 15);

    /// <summary>A drawing of a size, on a ground, with a title that is read aloud.</summary>
    public SvgText(double width, double height, string ground, string title)
    {
        (Width, Height) = (width, height);
        Raw("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 ").Coordinate(width).Raw(" ").Coordinate(height)
            .Raw("\" font-family=\"" + Font + "\"><title>").Escaped(title).Raw("</title><rect width=\"100%\" height=\"100%\" fill=\"").Raw(ground).Raw("\"/>");
    }

    /// <summary>The width in user units.</summary>
    public double Width { get; }

    /// <summary>The height in user units.</summary>
    public double Height { get; }

    /// <summary>A rectangle; with a state's number it can be pointed at.</summary>
    public SvgText Rectangle(double x, double y, double width, double height, string fill, double opacity = 1, string? stroke = null, double strokeWidth = 0, int? cell = null)
    {
        Raw("<rect x=\"").Coordinate(x).Raw("\" y=\"").Coordinate(y).Raw("\" width=\"").Coordinate(width).Raw("\" height=\"").Coordinate(height);
        return Cell(cell).Paint(fill, opacity, stroke, strokeWidth);
    }

    /// <summary>A disc; with a state's number it can be pointed at.</summary>
    public SvgText Disc(double x, double y, double radius, string fill, double opacity = 1, string? stroke = null, double strokeWidth = 0, int? cell = null)
    {
        Raw("<circle cx=\"").Coordinate(x).Raw("\" cy=\"").Coordinate(y).Raw("\" r=\"").Coordinate(radius);
        return Cell(cell).Paint(fill, opacity, stroke, strokeWidth);
    }

    /// <summary>A polygon from its corners, x and y in turn.</summary>
    public SvgText Polygon(ReadOnlySpan<double> corners, string fill, double opacity = 1)
    {
        Raw("<path d=\"M");
        for (int i = 0; i < corners.Length; i++) (i == 0 ? this : Raw(" ")).Coordinate(corners[i]);
        return Raw("z").Paint(fill, opacity, null, 0);
    }

    /// <summary>A line through points, x and y in turn.</summary>
    public SvgText Line(ReadOnlySpan<double> points, string stroke, double width, double opacity = 1)
    {
        Raw("<path d=\"M");
        for (int i = 0; i < points.Length; i++) (i == 0 ? this : Raw(" ")).Coordinate(points[i]);
        return Paint("none", opacity, stroke, width);
    }

    /// <summary>A curve from a point to a point, bent towards a third.</summary>
    public SvgText Curve(double x1, double y1, double bendX, double bendY, double x2, double y2, string stroke, double width, double opacity = 1)
    {
        Raw("<path d=\"M").Coordinate(x1).Raw(" ").Coordinate(y1).Raw("Q").Coordinate(bendX).Raw(" ").Coordinate(bendY).Raw(" ").Coordinate(x2).Raw(" ").Coordinate(y2);
        return Paint("none", opacity, stroke, width);
    }

    /// <summary>Many shapes of one colour as one mark: path data, closed shapes each.</summary>
    public SvgText Shapes(StringBuilder data, string fill)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Length == 0) return this;
        Raw("<path d=\"");
        _text.Append(data);
        return Paint(fill, 1, null, 0);
    }

    /// <summary>A line of text: anchored at its start, middle or end.</summary>
    public SvgText Write(string text, double x, double y, double size, string fill, string anchor = "start", bool bold = false) =>
        Raw("<text x=\"").Coordinate(x).Raw("\" y=\"").Coordinate(y).Raw("\" font-size=\"").Coordinate(size).Raw("\" fill=\"").Raw(fill)
            .Raw("\" text-anchor=\"").Raw(anchor).Raw(bold ? "\" font-weight=\"600\">" : "\">").Escaped(text).Raw("</text>");

    /// <summary>The drawing.</summary>
    public override string ToString() => string.Concat(_text.ToString(), "</svg>");

    private SvgText Paint(string fill, double opacity, string? stroke, double strokeWidth)
    {
        Raw("\" fill=\"").Raw(fill);
        if (opacity < 1) Raw("\" opacity=\"").Hundredths(opacity);
        if (stroke is not null) Raw("\" stroke=\"").Raw(stroke).Raw("\" stroke-width=\"").Hundredths(strokeWidth);
        return Raw("\"/>");
    }

    private SvgText Cell(int? cell)
    {
        if (cell is not int number) return this;
        Raw("\" data-cell=\"");
        _text.Append(number);
        return this;
    }

    private SvgText Raw(string text)
    {
        _text.Append(text);
        return this;
    }

    /// <summary>A tenth of a unit is less than a pixel; whole numbers are much quicker to write.</summary>
    private SvgText Coordinate(double x)
    {
        int tenths = (int)Math.Round(10 * x);
        if (tenths % 10 == 0) _text.Append(tenths / 10);
        else _text.Append(CultureInfo.InvariantCulture, $"{tenths / 10.0}");
        return this;
    }

    private SvgText Hundredths(double x)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{Math.Round(x, 2)}");
        return this;
    }

    private SvgText Escaped(string text)
    {
        foreach (char c in text)
        {
            switch (c)
            {
                case '<': _text.Append("&lt;"); break;
                case '>': _text.Append("&gt;"); break;
                case '&': _text.Append("&amp;"); break;
                case '"': _text.Append("&quot;"); break;
                default: _text.Append(char.IsControl(c) || char.IsSurrogate(c) || c >= '\uFFFE' ? '?' : c); break;
            }
        }

        return this;
    }
}

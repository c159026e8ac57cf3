using System.Xml.Linq;
using SkiaSharp;

namespace Rift.Plots.Tests;

public class FigureTests
{
    private static readonly TestCaseData<Func<Figure>>[] _figures =
    [
        new(() => SolutionFigure.Of(Worlds.Garden.Solved())) { TestName = "grid world" },
        new(() => SolutionFigure.Of(Worlds.Waves(40).Solved())) { TestName = "chain" },
        new(() => SolutionFigure.Of(Worlds.Waves(5_000).Solved())) { TestName = "long chain" },
        new(() => LedgerFigure.Of(Worlds.Ledger)) { TestName = "ledger" },
        new(() => GapFigure.Of(Worlds.Ledger)) { TestName = "gaps" },
        new(Worlds.Difference) { TestName = "difference" },
    ];

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("rift-plots-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCaseSource(nameof(_figures))]
    public void A_saved_png_has_the_size_of_the_figure_times_the_scale_and_is_not_blank(Func<Figure> make)
    {
        Figure figure = make();
        string path = Path.Combine(_folder, "figure.png");
        figure.Save(path, scale: 1.5);
        using SKBitmap bitmap = Picture.Decode(File.ReadAllBytes(path));
        Assert.Multiple(() =>
        {
            Assert.That(bitmap.Width, Is.EqualTo((int)Math.Round(1.5 * figure.Width)));
            Assert.That(bitmap.Height, Is.EqualTo((int)Math.Round(1.5 * figure.Height)));
            Assert.That(Picture.Colours(bitmap), Is.GreaterThan(20));
            Assert.That(bitmap.GetPixel(0, 0), Is.EqualTo(SKColors.White));
        });
    }

    [TestCaseSource(nameof(_figures))]
    public void The_same_figure_gives_the_same_bytes_made_twice_and_drawn_twice(Func<Figure> make)
    {
        Figure figure = make();
        byte[] png = figure.ToPng();
        string svg = figure.ToSvg();
        Assert.Multiple(() =>
        {
            Assert.That(figure.ToPng().AsSpan().SequenceEqual(png));
            Assert.That(make().ToPng().AsSpan().SequenceEqual(png));
            Assert.That(figure.ToSvg(), Is.EqualTo(svg));
            Assert.That(make().ToSvg(), Is.EqualTo(svg));
        });
    }

    [TestCaseSource(nameof(_figures))]
    public void A_saved_svg_is_well_formed_and_says_its_title_once_as_a_title_and_once_as_text(Func<Figure> make)
    {
        Figure figure = make();
        string path = Path.Combine(_folder, "figure.SVG");
        figure.Save(path);
        XElement root = XDocument.Load(path).Root!;
        XNamespace svg = "http://www.w3.org/2000/svg";
        Assert.Multiple(() =>
        {
            Assert.That(root.Name, Is.EqualTo(svg + "svg"));
            Assert.That((string?)root.Attribute("viewBox"), Is.EqualTo($"0 0 {figure.Width} {figure.Height}"));
            Assert.That(root.Element(svg + "title")?.Value, Is.EqualTo(figure.Title));
            Assert.That(root.Descendants(svg + "text").Count(text => text.Value.Trim() == figure.Title), Is.EqualTo(1));
            Assert.That(root.Descendants(svg + "text").Select(text => (string?)text.Attribute("font-family")).Distinct(), Is.EqualTo(new[] { "DejaVu Sans, Verdana, sans-serif" }));
        });
    }

    [Test]
    public void No_mark_is_drawn_twice()
    {
        string svg = SolutionFigure.Of(Worlds.Waves(40).Solved()).ToSvg();
        Assert.That(svg.Split("asked for").Length - 1, Is.EqualTo(1));
    }

    [Test]
    public void Quotation_marks_and_brackets_in_a_title_survive_in_svg()
    {
        const string Title = "f, \"g\" & <h> id=\"x\"";
        Figure figure = DifferenceFigure.Of(Title, [new(0.1, 1), new(1, 4)], 1, 1);
        XElement root = XDocument.Parse(figure.ToSvg()).Root!;
        Assert.That(root.Elements().First().Value, Is.EqualTo(Title));
        Assert.That(root.Descendants().Count(element => element.Name.LocalName == "text" && element.Value.Trim() == Title), Is.EqualTo(1));
    }

    [Test]
    public void Two_figures_on_a_page_share_no_identifier()
    {
        string[][] ids = [.. new[] { Worlds.Difference(), LedgerFigure.Of(Worlds.Ledger) }.Select(figure => XDocument.Parse(figure.ToSvg()).Descendants().Select(element => (string?)element.Attribute("id")).OfType<string>().ToArray())];
        Assert.That(ids, Has.All.Not.Empty);
        Assert.That(ids[0].Intersect(ids[1]), Is.Empty);
    }

    [TestCase("figure.jpg", ".jpg")]
    [TestCase("figure", "")]
    [TestCase("figure.png.bak", ".bak")]
    public void Another_extension_is_refused_by_name_and_nothing_is_written(string name, string extension)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => Worlds.Difference().Save(Path.Combine(_folder, name)))!;
        Assert.That(refused.Message, Does.Contain($"\"{extension}\"").And.Contain(".png or .svg"));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder), Is.Empty);
    }

    [Test]
    public void A_figure_goes_beside_the_source_file_that_saves_it_into_folders_that_are_made()
    {
        Worlds.Difference().SaveBeside("pictures/of/figure.svg", source: Path.Combine(_folder, "notebook.cs"));
        Assert.That(File.ReadAllText(Path.Combine(_folder, "pictures", "of", "figure.svg")), Is.EqualTo(Worlds.Difference().ToSvg()));
    }

    [Test]
    public void Saving_replaces_the_file_and_leaves_no_other()
    {
        string path = Path.Combine(_folder, "figure.png");
        File.WriteAllText(path, "old");
        Worlds.Difference().Save(path);
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(Worlds.Difference().ToPng()));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder), Is.EqualTo(new[] { path }));
    }

    [Test]
    public void A_file_that_cannot_be_written_leaves_no_trace()
    {
        string path = Path.Combine(_folder, "figure.png");
        Directory.CreateDirectory(path);
        Assert.That(() => Worlds.Difference().Save(path), Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>());
        Assert.That(Directory.EnumerateFileSystemEntries(_folder), Is.EqualTo(new[] { path }));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(1e-6)]
    [TestCase(1e6)]
    public void A_scale_without_a_picture_is_refused(double scale) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Worlds.Difference().ToPng(scale));
}

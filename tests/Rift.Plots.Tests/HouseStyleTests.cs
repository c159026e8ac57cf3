using ScottPlot;
using SkiaSharp;

namespace Rift.Plots.Tests;

public class HouseStyleTests
{
    [TestCase(false, 400)]
    [TestCase(true, 700)]
    public void The_font_is_the_one_in_the_assembly_so_text_does_not_depend_on_the_machine(bool bold, int weight)
    {
        _ = HouseStyle.NewPlot();
        SKTypeface used = Fonts.GetTypeface(HouseStyle.FontName, bold, italic: false);
        SKTypeface bundled = new BundledFont().CreateTypeface(HouseStyle.FontName, bold, italic: false)!;
        Assert.Multiple(() =>
        {
            Assert.That(Fonts.FontResolvers[0], Is.InstanceOf<BundledFont>());
            Assert.That(used.FamilyName, Is.EqualTo("DejaVu Sans"));
            Assert.That(used.FontWeight, Is.EqualTo(weight));
            Assert.That(Head(used), Is.EqualTo(Head(bundled)), "the table that carries the checksum of the whole font");
        });

        static byte[] Head(SKTypeface typeface) => typeface.GetTableData(0x68656164); // 'head'
    }

    [Test]
    public void The_font_has_every_character_that_figures_write()
    {
        SKTypeface font = new BundledFont().CreateTypeface(HouseStyle.FontName, bold: false, italic: false)!;
        Assert.That(font.ContainsGlyphs("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−±·…∝∞αγκρμφΨπ≤→"));
    }

    [Test]
    public void Another_font_is_left_to_others() => Assert.That(new BundledFont().CreateTypeface("Some Other", bold: false, italic: false), Is.Null);

    [Test]
    public void The_licence_of_the_font_is_in_the_assembly()
    {
        using StreamReader licence = new(typeof(HouseStyle).Assembly.GetManifestResourceStream("DejaVu-LICENSE.txt")!);
        Assert.That(licence.ReadToEnd(), Does.Contain("Bitstream Vera Fonts Copyright"));
    }

    [Test]
    public void The_output_holds_native_libraries_of_this_machine_only()
    {
        string runtimes = Path.Combine(AppContext.BaseDirectory, "runtimes");
        string[] native = [.. Directory.EnumerateFiles(runtimes, "*", SearchOption.AllDirectories).Where(file => file.Contains($"{Path.DirectorySeparatorChar}native{Path.DirectorySeparatorChar}", StringComparison.Ordinal))];
        string platform = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        Assert.That(native, Has.Length.EqualTo(2).And.All.Contains(Path.Combine("runtimes", platform)), "SkiaSharp and HarfBuzz");
    }
}

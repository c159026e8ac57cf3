using System.Buffers.Binary;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Rift.Mdp;
using Rift.Models;
using Rift.Testing;

namespace Rift.Cli.Tests;

/// <summary>The published laboratory page in a real browser, served by <c>rift explore</c>.</summary>
/// <remarks>Ignored where there is no Chromium, or where the page has not been published since its sources changed.</remarks>
public class LaboratoryPageTests
{
    private static readonly string _page = Repository.PathOf("artifacts", "laboratory", "wwwroot");

    private static readonly string[] _sources = [.. new[] { "Rift.Laboratory", "Rift.Mdp", "Rift.Models", "Rift.Theory", "Rift.Learning" }.Select(project => Repository.PathOf("src", project))];

    private HeadlessBrowser _browser = null!; // null where the tests are ignored, as the next two
    private RiftProcess _server = null!;
    private TemporaryFolder _folder = null!;
    private string _address = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        if (HeadlessBrowser.Program is null) Assert.Ignore("found no chromium on this machine");
        if (!Directory.Exists(_page) || Newest(_page) < _sources.Max(Newest)) Assert.Ignore("the laboratory page has not been published since its sources changed: dotnet publish src/Rift.Laboratory");
        _folder = new TemporaryFolder();
        int port = ExploreTests.FreePort();
        _address = $"http://127.0.0.1:{port}/";
        _server = RiftProcess.Start("explore", Model(), "--port", $"{port}");
        _server.AtWork();
        _browser = await HeadlessBrowser.Start();
        await _browser.Resize(1280, 900);
    }

    [OneTimeTearDown]
    public async Task End()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        if (_server is null) return;
        _server.Signal("TERM");
        _server.Finished().Succeeds();
        _server.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task The_page_solves_and_says_so()
    {
        await Show("world=frozenlake:4x4");
        Assert.That(await Number("document.querySelectorAll('#board [data-cell]').length"), Is.EqualTo(16));
        await _browser.Await("document.querySelector('.numbers tbody').textContent.includes('±')");
        Assert.That(_browser.Complaints, Is.Empty);
    }

    // Trimming is only real here: what it took too much of would be missed on the way to one of these.
    [Test]
    public async Task Every_counterexample_and_every_solver_runs_as_it_is_published()
    {
        foreach (string fragment in (string[])["world=CE1&view=together", "world=CE2&view=together", "world=CE3&view=together", "world=CE5", "world=fourrooms&view=sweeps&solver=gauss-seidel", "world=riverswim&view=sweeps&solver=policy-iteration"])
        {
            await Show(fragment);
            Assert.That(await Text("document.querySelector('.error')?.textContent ?? ''"), Is.Empty, fragment);
        }

        Assert.That(_browser.Complaints, Is.Empty);
    }

    [Test]
    public async Task A_slider_changes_the_picture_the_numbers_and_the_link()
    {
        await Show("world=fourrooms");
        string before = await Text("document.querySelector('#board svg').outerHTML");
        await _browser.Evaluate("{ const s = document.querySelector('#temperature'); s.value = 200; s.dispatchEvent(new Event('input', { bubbles: true })); }");
        await _browser.Await("location.hash.includes('temperature=')");
        Assert.That(await Text("document.querySelector('#board svg').outerHTML"), Is.Not.EqualTo(before));
        string link = await Text("location.hash"), after = await Text("document.querySelector('#board svg').outerHTML");
        await Show("world=chain");
        await Show(link.TrimStart('#'));
        Assert.That(await Text("document.querySelector('#board svg').outerHTML"), Is.EqualTo(after));
    }

    [Test]
    public async Task A_wall_is_painted_with_the_pointer_and_a_pit_with_the_keys()
    {
        await Show("world=gridworld:S../..G");
        await _browser.Evaluate("[...document.querySelectorAll('.brushes label')].find(label => label.textContent.includes('Wall')).querySelector('input').click()");
        JsonNode at = (await _browser.Evaluate("(() => { const r = document.querySelector('#board [data-cell=\"1\"]').getBoundingClientRect(); return { x: r.x + r.width / 2, y: r.y + r.height / 2 }; })()"))!;
        await _browser.Click((double)at["x"]!, (double)at["y"]!);
        await _browser.Await("decodeURIComponent(location.hash).includes('S#.')");
        await _browser.Evaluate("document.querySelector('#board').focus()");
        foreach (string key in (string[])["ArrowDown", "x"]) await _browser.Press(key);
        await _browser.Await("decodeURIComponent(location.hash).includes('S#./.XG')");
        Assert.That(await Text("document.querySelector('#detail').textContent"), Does.StartWith("Pit, row 2, column 2"));
    }

    [Test]
    public async Task A_model_of_ones_own_is_served_beside_the_page()
    {
        await Show("file=model.json");
        Assert.That(await Text("document.querySelector('.provenance').textContent"), Does.StartWith("9 states"));
        await Show("file=nothing.json", ready: false);
        await _browser.Await("document.querySelector('.error')?.textContent.includes('nothing.json')");
    }

    [Test]
    public async Task The_picture_and_the_model_are_saved()
    {
        string saved = Path.Combine(_folder.Root, "saved");
        Directory.CreateDirectory(saved);
        await _browser.SaveInto(saved);
        await Show("world=frozenlake:4x4&discount=0.9");
        string shown = await Text("new XMLSerializer().serializeToString(document.querySelector('#board svg'))");
        foreach (string format in (string[])["svg", "png", "model"]) await _browser.Evaluate($"document.querySelector('#save-{format}').click()");
        string Saved(string ending) => Path.Combine(saved, $"frozenlake-4x4.{ending}");
        foreach (string ending in (string[])["svg", "png", "json"]) await Arrival(Saved(ending));

        byte[] png = await File.ReadAllBytesAsync(Saved("png"));
        MarkovDecisionProcess model = ModelFile.Read(Saved("json")).Model, lake = WorldCatalog.Create("frozenlake:4x4");
        Assert.Multiple(() =>
        {
            Assert.That(XNode.DeepEquals(XElement.Load(Saved("svg")), XElement.Parse(shown)), Is.True);
            Assert.That(png.AsSpan(1, 3).ToArray(), Is.EqualTo("PNG"u8.ToArray()));
            // The longer side, in the header of the image.
            Assert.That(Math.Max(BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))), Is.EqualTo(2000));
            Assert.That(model.Discount, Is.EqualTo(0.9));
            Assert.That(model.Reward.Entries.ToArray(), Is.EqualTo(lake.Reward.Entries.ToArray()));
        });
    }

    [Test]
    public async Task The_link_is_copied_as_it_stands()
    {
        await _browser.AllowClipboard();
        await Show("world=chain&temperature=0.5");
        await _browser.Evaluate("document.querySelector('#copy-link').click()");
        await _browser.Await("document.querySelector('#copy-link').textContent === 'Copied'");
        Assert.That(await Text("navigator.clipboard.readText()"), Is.EqualTo(await Text("location.href")).And.Contains("#world=chain&temperature=0.5"));
    }

    [TestCase("world=garnet:1000000,4,3", "found states = 1000000, expected at most 600")]
    [TestCase("temperature=hot", "found \"hot\", expected a number")]
    public async Task What_cannot_be_done_is_told(string fragment, string message)
    {
        await Show(fragment, ready: false);
        await _browser.Await($"document.querySelector('.error')?.textContent.includes({JsonValue.Create(message).ToJsonString()})");
    }

    [Test]
    public async Task Every_view_fits_the_window([Values(360, 1280, 3840)] int width, [Values("alone", "together", "sweeps")] string view)
    {
        await _browser.Resize(width, width == 360 ? 740 : width * 9 / 16, isDark: view == "together");
        try
        {
            await Show($"world=CE4&view={view}");
            Assert.That(await Number("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
            Assert.That(await Number("Math.max(0, ...[...document.querySelectorAll('.numbers')].map(table => table.scrollWidth - table.clientWidth))"), Is.Zero, "a table is cut off");
        }
        finally
        {
            await _browser.Resize(1280, 900);
        }
    }

    [Test]
    public async Task The_theme_follows_the_system_and_the_button()
    {
        await _browser.Resize(1280, 900, isDark: true);
        await Show("world=chain");
        Assert.That(await Text("document.documentElement.dataset.theme"), Is.EqualTo("dark"));
        await _browser.Evaluate("document.querySelector('#theme').click()");
        await _browser.Await("document.documentElement.dataset.theme === 'light'");
        await _browser.Evaluate("localStorage.clear()");
        await _browser.Resize(1280, 900);
    }

    [Test]
    public async Task Every_control_has_a_name()
    {
        foreach (string view in (string[])["alone", "sweeps"])
        {
            await Show($"world=fourrooms&view={view}");
            string nameless = await Text("""
                [...document.querySelectorAll("button, input, select, [tabindex]")]
                    .filter(e => !(e.ariaLabel || e.labels?.[0]?.textContent.trim() || e.textContent.trim()))
                    .map(e => e.outerHTML).join("\n")
                """);
            Assert.That(nameless, Is.Empty);
        }
    }

    [Test]
    public async Task Nothing_is_fetched_from_elsewhere()
    {
        await Show("world=fourrooms");
        string foreign = await Text("performance.getEntriesByType('resource').map(entry => entry.name).filter(name => !name.startsWith(location.origin) && !name.startsWith('data:') && !name.startsWith('blob:')).join()");
        Assert.That(foreign, Is.Empty);
    }

    /// <summary>Opens the page anew with a fragment.</summary>
    private async Task Show(string fragment, bool ready = true)
    {
        await _browser.Open("about:blank");
        await _browser.Open($"{_address}#{fragment}");
        await _browser.Await(ready ? "document.querySelector('[data-ready][data-settled]')" : "document.querySelector('.error')");
    }

    /// <summary>Waits until a file is there as a whole: a browser writes it under another name.</summary>
    private static async Task Arrival(string path)
    {
        for (long start = Stopwatch.GetTimestamp(); !File.Exists(path); await Task.Delay(50))
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(60)) throw new TimeoutException($"waited for {Path.GetFileName(path)}");
    }

    private async Task<string> Text(string script) => (string?)await _browser.Evaluate(script) ?? "";

    private async Task<int> Number(string script) => (int)(await _browser.Evaluate(script))!;

    private string Model()
    {
        string path = _folder.PathOf("mine.json");
        ModelFile.Write(WorldCatalog.Create("garnet:9,2,2,3"), path);
        return path;
    }

    private static DateTime Newest(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
        .Max(File.GetLastWriteTimeUtc);
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Rift.Models;

namespace Rift.Cli.Tests;

/// <summary>The server of <c>rift explore</c>, with a page of three files.</summary>
public class ExploreTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreatePage()
    {
        _folder = new TemporaryFolder();
        Directory.CreateDirectory(_folder.PathOf("_framework"));
        File.WriteAllText(_folder.PathOf("index.html"), "<!DOCTYPE html><title>page</title>");
        File.WriteAllBytes(Path.Combine(_folder.PathOf("_framework"), "a.wasm"), [0, 97, 115, 109]);
    }

    [TearDown]
    public void DeletePage() => _folder.Dispose();

    [Test]
    public async Task It_serves_the_page_and_the_model_and_ends_when_told()
    {
        string model = _folder.PathOf("chain.json");
        ModelFile.Write(WorldCatalog.Create("chain"), model);
        int port = FreePort();
        using CancellationTokenSource cancellation = new();
        Task<CommandRun> run = Task.Run(() => CommandRun.Of(["explore", model, "--port", $"{port}", "--site", _folder.PathOf("."), "--quiet"], cancellation.Token));
        using HttpClient client = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        HttpResponseMessage start = await Patiently(() => client.GetAsync(""));
        HttpResponseMessage wasm = await client.GetAsync("_framework/a.wasm");
        string served = await client.GetStringAsync("model.json");
        HttpResponseMessage missing = await client.GetAsync("nothing.html"), above = await client.GetAsync("%2e%2e/%2e%2e/etc/passwd"), written = await client.PostAsync("", new StringContent("x"));
        using HttpRequestMessage fromElsewhere = new(HttpMethod.Get, "model.json");
        fromElsewhere.Headers.Host = "elsewhere.example";
        HttpResponseMessage elsewhere = await client.SendAsync(fromElsewhere);
        await cancellation.CancelAsync();
        CommandRun ended = await run;
        File.WriteAllText(_folder.PathOf("served.json"), served);
        Assert.Multiple(() =>
        {
            Assert.That(start.Content.Headers.ContentType, Is.EqualTo(MediaTypeHeaderValue.Parse("text/html; charset=utf-8")));
            Assert.That(wasm.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/wasm"));
            Assert.That(ModelFile.Read(_folder.PathOf("served.json")).Model.States, Is.EqualTo(5));
            Assert.That(missing.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(above.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(written.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
            Assert.That(elsewhere.IsSuccessStatusCode, Is.False);
            Assert.That(ended.Succeeds().Output, Is.EqualTo($"http://127.0.0.1:{port}/#file=model.json{Environment.NewLine}"));
            Assert.That(ended.Error, Is.Empty);
        });
    }

    [Test]
    public void A_taken_port_is_told()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        CommandRun run = CommandRun.Of("explore", "--port", $"{port}", "--site", _folder.PathOf("."));
        Assert.That(run.Error, Does.StartWith($"rift: error: --port: found port {port} not to be had ("));
        Assert.That(run.Code, Is.EqualTo(2));
    }

    [Test]
    public void A_folder_without_a_page_is_told()
    {
        string empty = _folder.PathOf("_framework");
        CommandRun.Of("explore", "--site", empty).Refuses($"{empty}: found no index.html, expected the folder of the laboratory page");
    }

    [TestCase(new[] { "explore", "--port", "0" }, "--port: found '0', expected a whole number from 1 to 2147483647; see rift explore --help")]
    [TestCase(new[] { "explore", "--port", "65536" }, "--port: found '65536', expected a whole number from 1 to 65535")]
    [TestCase(new[] { "explore", "nowhere.json" }, "nowhere.json: found no such file, expected a model file or a built-in world")]
    public void Bad_usage_is_told(string[] arguments, string message) => CommandRun.Of(arguments).Refuses(message);

    /// <summary>A port that nobody listens on.</summary>
    internal static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Asks until somebody listens.</summary>
    internal static async Task<T> Patiently<T>(Func<Task<T>> ask)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return await ask();
            }
            catch (HttpRequestException) when (attempt < 600)
            {
                await Task.Delay(50);
            }
        }
    }
}

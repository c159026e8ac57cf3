using System.Globalization;
using System.Net;

namespace Rift.Cli;

/// <summary>A web server for a handful of files on the loopback address, for reading only.</summary>
/// <remarks>The listener answers requests that name this very address and refuses all others: no page of elsewhere can ask for a model by a name of its own for this machine.</remarks>
internal sealed class SiteServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly SiteFolder _folder;

    private SiteServer(SiteFolder folder, int port)
    {
        _folder = folder;
        Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/");
        _listener.Prefixes.Add(Address);
    }

    /// <summary>The address of the page.</summary>
    internal string Address { get; }

    /// <summary>Takes a port.</summary>
    /// <exception cref="IOException">It is taken already, or not to be had.</exception>
    internal static SiteServer Start(SiteFolder folder, int port)
    {
        SiteServer server = new(folder, port);
        try
        {
            server._listener.Start();
            return server;
        }
        catch (HttpListenerException e)
        {
            server.Dispose();
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"--port: found port {port} not to be had ({e.Message}), expected a free one"), e);
        }
    }

    /// <summary>Serves until it is cancelled.</summary>
    internal void Serve(CancellationToken cancellation)
    {
        using CancellationTokenRegistration stop = cancellation.Register(_listener.Stop);
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                Answer(_listener.GetContext());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
            {
                // Cancelled, or a browser that went away before it had its answer.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => ((IDisposable)_listener).Dispose();

    private void Answer(HttpListenerContext context)
    {
        HttpListenerRequest request = context.Request;
        using HttpListenerResponse response = context.Response;
        response.Headers["X-Content-Type-Options"] = "nosniff";
        response.Headers["Cache-Control"] = "no-cache";
        if (request.HttpMethod is not ("GET" or "HEAD"))
        {
            response.StatusCode = (int)HttpStatusCode.MethodNotAllowed;
        }
        else if (_folder.At(Uri.UnescapeDataString(request.Url!.AbsolutePath)) is (byte[] content, string type))
        {
            response.ContentType = type;
            response.ContentLength64 = content.Length;
            if (request.HttpMethod == "GET") response.OutputStream.Write(content);
        }
        else
        {
            response.StatusCode = (int)HttpStatusCode.NotFound;
        }
    }
}

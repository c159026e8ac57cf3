using Rift.Mdp;

namespace Rift.Plots;

/// <summary>A map with a number for each of its states.</summary>
/// <param name="Title">What stands above it; may be empty.</param>
/// <param name="Quantity">What the numbers are: the name of the colour scale.</param>
/// <param name="Mdp">The model, with a map on which each state has a cell of its own.</param>
/// <param name="Values">S numbers.</param>
public sealed record MapPanel(string Title, string Quantity, MarkovDecisionProcess Mdp, IReadOnlyList<double> Values)
{
    /// <summary>The policy to draw as arrows; null for none.</summary>
    public Policy? Policy { get; init; }

    /// <summary>Whether colour stands for the logarithm, over at most the upper six decades; numbers are zero or more.</summary>
    public bool IsLogarithmic { get; init; }
}

/// <summary>Quantities of the states of a grid world, drawn on its map as <see cref="SolutionFigure"/> draws V: maps side by side.</summary>
public static class MapFigure
{
    /// <summary>The figure.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="subtitle">The parameters.</param>
    /// <param name="panels">The maps, from left to right, at least one.</param>
    /// <exception cref="ArgumentException">There is no panel, one has another number of values than its model has states, or its model has no map on which each state has a cell of its own.</exception>
    public static Figure Of(string title, string subtitle, params IReadOnlyList<MapPanel> panels)
    {
        ArgumentNullException.ThrowIfNull(panels);
        if (panels.Count == 0) throw new ArgumentException("found no map, expected at least one", nameof(panels));
        foreach (MapPanel panel in panels)
        {
            if (!GridPicture.IsDrawn(panel.Mdp)) throw new ArgumentException($"found {panel.Mdp}, expected a model with a map on which each state has a cell of its own", nameof(panels));
            if (panel.Values.Count != panel.Mdp.States) throw new ArgumentException($"found {panel.Values.Count} values, expected {panel.Mdp.States}: one for each state", nameof(panels));
        }

        GridPicture[] pictures = [.. panels.Select(panel => new GridPicture(panel, panel.Mdp.Description.Grid!, panels.Count))];
        int maps = pictures.Sum(picture => picture.TotalWidth), width = Math.Max(Figure.HeaderWidth(title, subtitle), maps), height = pictures.Max(picture => picture.TotalHeight);
        int[] widths = [.. pictures.Select((picture, i) => picture.TotalWidth + (i == pictures.Length - 1 ? width - maps : 0))];
        return new Figure(
            title, subtitle, width, height + Figure.HeaderHeight + Figure.PanelInset,
            [.. pictures.Select((picture, i) => new Figure.Panel(picture.Plot(widths[i], height), (double)widths[i] / width))]);
    }
}

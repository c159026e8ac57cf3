using System.Globalization;
using Rift.Mdp;

namespace Rift.Plots;

/// <summary>The picture of a solved problem.</summary>
/// <remarks>
/// <para>A grid world is drawn as its map: V as colour, the policy as arrows whose areas are in proportion to the probabilities, walls (#) dark, pits, goals and other
/// places where the episode is over pale, and the map's own characters wherever a cell is not plain floor. Colour stands for V between the least and the greatest over the cells that go on.
/// Arrows need action labels that are directions (up, right, down, left, stay, or north, east, south, west, in any case); where any label is another word none is drawn.</para>
/// <para>Any other model, and a map on which several states share a cell, is drawn as V over the state's number with the certificate's bracket as a band, and beside it
/// the half-width after each iteration. Above 2,000 states (or iterations) each of 1,000 runs of neighbours is drawn by its least and its greatest value.</para>
/// </remarks>
public static class SolutionFigure
{
    /// <summary>The figure of a solution.</summary>
    /// <param name="solution">The solution.</param>
    public static Figure Of(SoftSolution solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        MarkovDecisionProcess mdp = solution.Problem.Mdp;
        string title = mdp.Description.Name ?? string.Create(CultureInfo.InvariantCulture, $"{mdp.States:N0} states, {mdp.Actions} actions");
        string subtitle = $"temperature {NumberText.Parameter(solution.Problem.Temperature)}, discount {NumberText.Parameter(mdp.Discount)}, V(start) = {NumberText.Certified(solution.Objective, solution.Certificate.HalfWidth)}";
        return GridPicture.IsDrawn(mdp)
            ? MapFigure.Of(title, subtitle, new MapPanel("", "V(s)", mdp, solution.Values.ToArray()) { Policy = solution.Policy })
            : ValuesPicture.Figure(solution, title, subtitle);
    }
}

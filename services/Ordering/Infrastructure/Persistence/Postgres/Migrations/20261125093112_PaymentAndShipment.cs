using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Argosy.Ordering.Infrastructure.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class PaymentAndShipment : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "carrier",
                table: "orders",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "origin",
                table: "orders",
                type: "character varying(255)",
                maxLength: 255,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "payment_action_url",
                table: "orders",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ship_requested_at",
                table: "orders",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ship_signalled_at",
                table: "orders",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "tracking_number",
                table: "orders",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_orders_to_ship",
                table: "orders",
                column: "ship_requested_at",
                filter: "ship_requested_at IS NOT NULL AND ship_signalled_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_orders_to_ship",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "carrier",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "origin",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "payment_action_url",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "ship_requested_at",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "ship_signalled_at",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "tracking_number",
                table: "orders");
        }
    }
}
